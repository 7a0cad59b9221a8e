import { describe, expect, onTestFinished, test } from 'vitest';
import { soundAttribution, soundSkill } from '../core/rules/sound-leaf.ts';
import { honest, objectsTo } from '../simulator/model/scripts.ts';
import { fieldOf } from '../simulator/model/read-prompt.ts';
import { startModel } from '../simulator/model/start-model.ts';
import { makeRepository, runGit, writeFolder, writeIn } from './repository.ts';
import { runAssay } from './run-assay.ts';

const leaf = 'compositional_skills/writing/limericks';
const base = { [`${leaf}/qna.yaml`]: soundSkill, [`${leaf}/attribution.txt`]: soundAttribution };
const ballads = soundSkill.replaceAll('limerick', 'ballad');

describe('assay review', () => {
  test('nothing of the taxonomy changed', async () => {
    const cwd = makeRepository(base);
    writeIn(cwd, 'README.md', 'Hi\n');
    expect(await runAssay(['review'], { cwd })).toEqual({
      code: 0,
      out: 'Nothing to review: no file of the taxonomy is changed.\n',
      err: '',
    });
  });

  test('the comment that a pull request would get, as text', async () => {
    const cwd = makeRepository(base);
    const copied = ballads.replace('Write a ballad about rain.', 'Write a limerick about rain.');
    writeIn(cwd, 'compositional_skills/writing/ballads/qna.yaml', copied);
    const { code, out, err } = await runAssay(['review'], { cwd });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/^Assay: 2 things to change\n/);
    expect(out).toContain('There is no attribution.txt beside this file.');
    expect(out.replaceAll(/\s+/g, ' ')).toContain(`is already in the taxonomy, in ${leaf}/qna.yaml, line 7.`);
    expect(out).not.toContain('<!--');
    expect(out).not.toContain('https://');
  });

  test('from a folder below, against a named base, as Markdown', async () => {
    const cwd = makeRepository(base);
    runGit(cwd, 'branch', '--move', 'main', 'trunk');
    writeIn(cwd, 'compositional_skills/writing/ballads/qna.yaml', ballads);
    writeIn(cwd, 'compositional_skills/writing/ballads/attribution.txt', soundAttribution);
    const { code, out } = await runAssay(
      ['review', 'compositional_skills', '--base', 'trunk', '--format', 'markdown'],
      { cwd },
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^### Assay: /);
    expect(out).toMatch(/compositional_skills\/writing\/ballads\/qna\.yaml.*freeform skill.*5/);
  });

  test('json has the files of the pull request and not those of the base', async () => {
    const cwd = makeRepository(base);
    writeIn(cwd, 'compositional_skills/writing/ballads/qna.yaml', ballads);
    const { out } = await runAssay(['review', '--format', 'json'], { cwd });
    expect(JSON.parse(out)).toMatchObject({
      files: [{ path: 'compositional_skills/writing/ballads/qna.yaml', state: 'reviewed' }],
      findings: expect.arrayContaining([expect.objectContaining({ rule: 'attribution/missing' })]),
      summary: { files: 1, errors: 1 },
    });
  });

  test('with a model: what it remarks, what it was asked, what to do; twice the same to the byte', async () => {
    const objecting = objectsTo(['answer-complete']);
    const model = await startModel(call =>
      fieldOf(call, 'question').includes('rain') ? objecting(call) : honest(call),
    );
    onTestFinished(() => model.stop());
    const cwd = makeRepository(base);
    writeIn(cwd, 'compositional_skills/writing/ballads/qna.yaml', ballads);
    writeIn(cwd, 'compositional_skills/writing/ballads/attribution.txt', soundAttribution);
    const env = { OPENAI_BASE_URL: model.url, ASSAY_MODEL: 'scripted' };
    const first = await runAssay(['review', '--format', 'markdown'], { cwd, env });
    expect(first.code).toBe(0);
    expect(first.err).toBe(`The judge is scripted at ${new URL(model.url).host}.\n`);
    const section = first.out.slice(first.out.indexOf('**What the judge says**'), first.out.indexOf('<details>'));
    await expect(section.replaceAll(/\(https:[^)]*\)/g, '').replaceAll(/[0-9a-f]{7}/g, '<id>')).toMatchFileSnapshot(
      '../fixtures/comments/judge-section.md',
    );
    expect((await runAssay(['review', '--format', 'markdown'], { cwd, env })).out).toBe(first.out);
  });

  test('outside of a repository, and in one without a taxonomy', async () => {
    const outside = writeFolder({ 'a.txt': 'a' });
    expect(await runAssay(['review'], { cwd: outside })).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^assay: git says: .*not a git repository/),
    });
    expect(await runAssay(['review'], { cwd: makeRepository({ 'a.txt': 'a' }) })).toEqual({
      code: 2,
      out: '',
      err: 'assay: The base has no taxonomy: neither compositional_skills/ nor knowledge/ nor .github/assay.yml.\n',
    });
  });
});
