import { chmodSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { soundAttribution, soundSkill } from '../core/rules/sound-leaf.ts';
import { writeFolder } from './repository.ts';
import { runAssay } from './run-assay.ts';

const leaf = 'compositional_skills/writing/limericks';
const qna = `${leaf}/qna.yaml`;
const withLeaf = (text: string) => writeFolder({ [qna]: text, [`${leaf}/attribution.txt`]: soundAttribution });
const read = (folder: string): string => readFileSync(join(folder, qna), 'utf8');
const broken = soundSkill
  .replace('version: 3', 'version: 2')
  .replace('answer: There once', 'anwser: There once')
  .replace('drain.\n', 'drain. \n')
  .trimEnd();

test('check --fix mends the file, says what it did, and ends clean', async () => {
  const cwd = withLeaf(broken);
  chmodSync(join(cwd, qna), 0o640);
  const { code, out, err } = await runAssay(['check', '.', '--fix'], { cwd });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.split('\n')).toEqual([
    `${qna}:1 fixed schema/version The version must be 3, but this is \`2\`. Write \`version: 3\`.`,
    `${qna}:6 fixed schema/unknown-key \`anwser\` is not a key of the schema. Did you mean \`answer\`?`,
    expect.stringMatching(/:8 fixed yamllint\/trailing-spaces /),
    expect.stringMatching(/:14 fixed yamllint\/new-line-at-end-of-file /),
    '4 fixes in 1 file.',
    '2 files checked, nothing found.',
    '',
  ]);
  expect(read(cwd)).toBe(soundSkill);
  expect(statSync(join(cwd, qna)).mode & 0o777).toBe(0o640);
  expect(readdirSync(join(cwd, leaf))).toEqual(['attribution.txt', 'qna.yaml']);
});

test('what cannot be mended stays and is still told, and the exit code is that of what is left', async () => {
  const cwd = withLeaf(broken.replace('created_by: jo-doe\n', ''));
  const { code, out } = await runAssay(['check', '.', '--fix'], { cwd });
  expect(code).toBe(1);
  expect(out).toContain('3 fixes in 1 file.\n');
  expect(out).toContain(' error schema/required `created_by` is missing.');
  expect(out).toContain(' error schema/version ');
  expect(read(cwd)).toContain('version: 2\n');
});

test('a file that nothing can be mended in is not written', async () => {
  const cwd = withLeaf(soundSkill.replace('created_by: jo-doe\n', ''));
  const before = statSync(join(cwd, qna));
  const { code, out } = await runAssay(['check', '.', '--fix'], { cwd });
  expect(code).toBe(1);
  expect(out).toMatch(/^Nothing could be fixed safely\.\n/);
  expect(statSync(join(cwd, qna))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
});

test('a byte-order mark and carriage returns are kept', async () => {
  const cwd = withLeaf('');
  writeFileSync(join(cwd, qna), `\ufeff${broken}\n`.replaceAll('\n', '\r\n'));
  expect((await runAssay(['check', '.', '--fix'], { cwd })).code).toBe(0);
  expect(readFileSync(join(cwd, qna), 'utf8')).toBe(`\ufeff${soundSkill}`.replaceAll('\n', '\r\n'));
});

test('an attribution gets the address of the revision that it names, under our own profile alone', async () => {
  const attribution =
    'Title of work: Rain\r\nLink to work: https://en.wikipedia.org/wiki/Rain\r\nRevision: 1220000000\r\nLicense of the work: CC-BY-SA-4.0\r\nCreator names: Wikipedia authors\r\n';
  const cwd = writeFolder({ [qna]: soundSkill, [`${leaf}/attribution.txt`]: attribution });
  const now = () => readFileSync(join(cwd, `${leaf}/attribution.txt`), 'utf8');
  await runAssay(['check', '.', '--fix', '--profile', 'instructlab'], { cwd });
  expect(now()).toBe(attribution);
  const { code, out } = await runAssay(['check', '.', '--fix'], { cwd });
  expect({ code, out }).toEqual({
    code: 0,
    out: `${leaf}/attribution.txt:3 fixed attribution/revision Write the revision of \`Rain\` as an address, so that people can open it.\n1 fix in 1 file.\n2 files checked, nothing found.\n`,
  });
  expect(now()).toBe(
    attribution.replace('1220000000', 'https://en.wikipedia.org/w/index.php?title=Rain&oldid=1220000000'),
  );
});

test('nothing is written through a link, nor into other people’s YAML', async () => {
  const cwd = writeFolder({ 'elsewhere/qna.yaml': broken, 'knowledge/notes/settings.yml': 'on: yes \n' });
  symlinkSync(join(cwd, 'elsewhere/qna.yaml'), join(cwd, 'knowledge/qna.yaml'));
  await runAssay(['check', 'knowledge', '--fix'], { cwd });
  expect(readFileSync(join(cwd, 'elsewhere/qna.yaml'), 'utf8')).toBe(broken);
  expect(readFileSync(join(cwd, 'knowledge/notes/settings.yml'), 'utf8')).toBe('on: yes \n');
});

test('programs get the report alone on standard output, with the suggestions when nothing is fixed', async () => {
  const cwd = withLeaf(soundSkill.replace('version: 3', 'version: "3"'));
  const told = JSON.parse((await runAssay(['check', '.', '--format', 'json'], { cwd })).out);
  expect(told.findings).toMatchObject([
    { rule: 'schema/version', suggestion: { startLine: 1, endLine: 1, replacement: 'version: 3' } },
  ]);
  const { code, out, err } = await runAssay(['check', '.', '--format', 'json', '--fix'], { cwd });
  expect(code).toBe(0);
  expect(JSON.parse(out).findings).toEqual([]);
  expect(err).toMatch(/:1 fixed schema\/version .*\n1 fix in 1 file\.\n$/);
});
