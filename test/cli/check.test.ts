import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { soundAttribution, soundSkill } from '../core/rules/sound-leaf.ts';
import { runGit, writeFolder, writeIn } from './repository.ts';
import { runAssay } from './run-assay.ts';

const leaf = 'compositional_skills/writing/limericks';
const sound = { [`${leaf}/qna.yaml`]: soundSkill, [`${leaf}/attribution.txt`]: soundAttribution };
const broken = {
  'knowledge/My Notes/qna.yaml': 'version: 3\ncreated_by: 12\n',
  'compositional_skills/copy/qna.yaml': soundSkill.replaceAll('limerick about', 'ballad on'),
  'compositional_skills/copy/attribution.txt': '\n',
};

describe('assay check, for people', () => {
  test('a sound leaf is clean', async () => {
    const cwd = writeFolder(sound);
    expect(await runAssay(['check', `${leaf}/qna.yaml`], { cwd })).toEqual({
      code: 0,
      out: '2 files checked, nothing found.\n',
      err: '',
    });
  });

  test('a folder with mistakes: a line each, then the count', async () => {
    const cwd = writeFolder({ ...sound, ...broken, '.github/workflows/lint.yml': 'on: push\n', 'README.md': 'Hi\n' });
    const { code, out, err } = await runAssay(['check', '.'], { cwd });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^compositional_skills\/copy\/attribution\.txt:1:1 error attribution\/empty /),
      expect.stringMatching(/^knowledge\/My Notes\/qna\.yaml:1:1 error schema\/required `domain` is missing/),
      expect.stringMatching(/ error schema\/required `seed_examples` is missing/),
      expect.stringMatching(/ error schema\/required `document` is missing/),
      expect.stringMatching(/ error schema\/required `document_outline` is missing/),
      expect.stringMatching(
        / error layout\/directory-name The folder name `My Notes` has characters .* `my_notes` would do\.$/,
      ),
      expect.stringMatching(/ error attribution\/missing There is no `attribution\.txt` beside this file\./),
      expect.stringMatching(/^knowledge\/My Notes\/qna\.yaml:2:13 error schema\/type `created_by` must be text/),
      '5 files checked: 8 errors. `assay rules RULE` says more about a rule.',
      '',
    ]);
  });

  test('a draft outside any taxonomy is checked by its contents, without a word about its place', async () => {
    const cwd = writeFolder({ 'My Drafts/qna.yaml': soundSkill, 'My Drafts/attribution.txt': soundAttribution });
    expect(await runAssay(['check', 'My Drafts'], { cwd })).toMatchObject({
      code: 0,
      out: '2 files checked, nothing found.\n',
    });
  });

  test('in a repository with a taxonomy, a leaf beside the trees is told so', async () => {
    const cwd = writeFolder({ ...sound, 'qna.yaml': soundSkill.replaceAll('limerick', 'ode') });
    runGit(cwd, 'init', '--quiet');
    const { code, out } = await runAssay(['check', 'qna.yaml'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/^qna\.yaml:1:1 error layout\/outside-taxonomy `qna\.yaml` lies outside the taxonomy/);
  });

  test('two checkouts on one command line are not mixed up', async () => {
    const one = writeFolder(sound);
    const other = writeFolder(sound);
    expect(await runAssay(['check', one, other], { cwd: one })).toMatchObject({
      code: 0,
      out: '4 files checked, nothing found.\n',
    });
  });

  test('an older file passes against its own schema version, attribution included', async () => {
    const cwd = writeFolder({ [`${leaf}/qna.yaml`]: soundSkill.replace('version: 3\n', '') });
    expect((await runAssay(['check', '.'], { cwd })).code).toBe(1);
    expect(await runAssay(['check', '.', '--schema-version', 'document'], { cwd })).toMatchObject({
      code: 0,
      out: '1 file checked, nothing found.\n',
    });
  });

  test('under the profile instructlab only what the reference checker would say', async () => {
    const cwd = writeFolder({
      'knowledge/My Notes/qna.yaml': '',
      'compositional_skills/copy/qna.yaml': `# yamllint disable\n${soundSkill.replaceAll('- question', '-  question').replaceAll('    answer', '     answer')}`,
      'compositional_skills/copy/attribution.txt': '\n',
      [`${leaf}/qna.yaml`]: soundSkill.replace('jo-doe', 'jo-doe '),
    });
    expect((await runAssay(['check', '.'], { cwd })).code).toBe(1);
    const { code, out } = await runAssay(['check', '.', '--profile', 'instructlab'], { cwd });
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/limericks\/qna\.yaml:1:1 error attribution\/missing /),
      expect.stringMatching(/limericks\/qna\.yaml:2:19 error yamllint\/trailing-spaces /),
      expect.stringMatching(/^knowledge\/My Notes\/qna\.yaml:1:1 note yaml\/empty /),
      '4 files checked: 2 errors, 1 note. `assay rules RULE` says more about a rule.',
      '',
    ]);
    expect(code).toBe(1);
  });

  test('links are not followed', async () => {
    const cwd = writeFolder(sound);
    writeIn(cwd, 'elsewhere/secret.yaml', 'password: hidden\n');
    symlinkSync(join(cwd, 'elsewhere'), join(cwd, 'knowledge'));
    symlinkSync(join(cwd, 'elsewhere/secret.yaml'), join(cwd, 'compositional_skills/qna.yaml'));
    const { out } = await runAssay(['check', '.'], { cwd });
    expect(out).toContain('compositional_skills/qna.yaml:1:1 error layout/file-name This is a symbolic link');
    expect(out).not.toContain('secret.yaml');
  });

  test('colours only where they are wanted', async () => {
    const cwd = writeFolder(sound);
    expect((await runAssay(['check', '.'], { cwd, env: { FORCE_COLOR: '1' } })).out).toContain('\u001b[32m');
    expect((await runAssay(['check', '.'], { cwd, env: { NO_COLOR: '1' } })).out).not.toContain('\u001b');
  });
});

describe('assay check, for programs', () => {
  test('json: one object on standard output', async () => {
    const cwd = writeFolder({ [`${leaf}/qna.yaml`]: soundSkill.replace('created_by: jo-doe\n', '') });
    const { code, out, err } = await runAssay(['check', '.', '--format', 'json'], { cwd });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(JSON.parse(out)).toEqual({
      files: [{ path: `${leaf}/qna.yaml`, role: 'qna', state: 'reviewed' }],
      findings: [
        {
          rule: 'schema/required',
          severity: 'error',
          message: '`created_by` is missing. Add `created_by:` at the top level.',
          location: { path: `${leaf}/qna.yaml`, line: 1, column: 1, endLine: 13 },
          yamlPath: '.',
          fingerprint: expect.stringMatching(/^[0-9a-f]{40}$/),
        },
        expect.objectContaining({ rule: 'attribution/missing', yamlPath: '.' }),
      ],
      summary: { files: 1, errors: 2, questions: 0, notes: 0, unread: 0 },
    });
  });

  test('github and sarif', async () => {
    const cwd = writeFolder({ [`${leaf}/qna.yaml`]: soundSkill });
    const annotations = await runAssay(['check', '.', '--format', 'github'], { cwd });
    expect(annotations).toMatchObject({ code: 1, err: '' });
    expect(annotations.out).toMatch(
      /^::error file=compositional_skills\/writing\/limericks\/qna\.yaml,line=1,col=1,title=attribution\/missing::There is no .*\n$/,
    );
    const sarif = await runAssay(['check', '.', '--format', 'sarif'], { cwd });
    expect(JSON.parse(sarif.out)).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'attribution/missing' }] }],
    });
  });
});

describe('what assay says when it cannot', () => {
  const cwd = writeFolder({ 'notes.md': 'Hi\n' });

  test.each([
    [['check', 'nothing.yaml'], 'assay: There is no file or folder "nothing.yaml".\n'],
    [['check', '.'], 'assay: There is no qna.yaml in what you named, so there is nothing to check.\n'],
    [['chekc'], "error: unknown command 'chekc'\n(Did you mean check?)\nTry --help.\n"],
    [['check'], "error: missing required argument 'paths'\nTry --help.\n"],
    [
      ['backtest', '.', '--pr', 'x'],
      "error: option '--pr <number>' argument 'x' is invalid. It must be a whole number from 1 on.\nTry --help.\n",
    ],
    [['backtest', '.'], 'assay: There is no blobs.jsonl.gz. Is it a folder of recorded pull requests?\n'],
  ])('%j', async (args, err) => {
    expect(await runAssay(args, { cwd })).toEqual({ code: 2, out: '', err });
  });

  test('the place in our code only with ASSAY_DEBUG', async () => {
    const { err } = await runAssay(['check', 'nothing.yaml'], { cwd, env: { ASSAY_DEBUG: '1' } });
    expect(err).toMatch(/^Error: There is no file or folder "nothing\.yaml"\.\n {4}at /);
  });

  test('help has examples, and the version is that of the package', async () => {
    const { code, out } = await runAssay(['check', '--help'], { cwd });
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/Usage: assay check[^]*Examples:\n {2}\$ assay check /),
    });
    expect((await runAssay(['--version'], { cwd })).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
