import { expect, test } from 'vitest';
import type { Intent } from '../../../src/core/fixes/prove.ts';
import { isProven } from '../../../src/core/fixes/prove.ts';
import { sourceReader } from '../../../src/core/fixes/source.ts';
import { soundPath, soundSkill } from '../rules/sound-leaf.ts';

const read = sourceReader(soundPath, {});
const answer = '.seed_examples[0].answer';
const broken = soundSkill.replace(/answer: There.*/, 'answer: yes');

/** Whether the second text is proved to mend the first finding of the first. */
function proves(before: string, after: string, intent: Intent): boolean {
  const [concern] = read(before).concerns;
  if (concern === undefined) throw new Error('Nothing is wrong with it.');
  return isProven(read(before), read(after), [{ concern, intent }]);
}
const asText: Intent = { changes: 'value', yamlPath: answer, text: 'yes' };

test('an edit that does what it says is proved', () => {
  expect(proves(broken, broken.replace('answer: yes', "answer: 'yes'"), asText)).toBe(true);
});

test.each([
  ['the finding is still there', broken, asText],
  ['the text is another one', broken.replace('answer: yes', 'answer: "Yes"'), asText],
  [
    'something else is said elsewhere',
    broken.replace('answer: yes', 'answer: "yes"').replace('limericks', 'odes'),
    asText,
  ],
  [
    'another finding comes',
    broken.replace('answer: yes', 'answer: "yes"').replace('created_by: jo-doe', 'created_by: 1'),
    asText,
  ],
  ['a key more stands there', broken.replace('answer: yes', 'answer: "yes"\n    context: b'), asText],
  ['an example is gone', broken.replace('answer: yes', 'answer: "yes"').replace(/ {2}- .*\n.*\n$/, ''), asText],
  ['the file cannot be read any more', broken.replace('answer: yes', 'answer: "yes'), asText],
  ['the edit was to change nothing', broken.replace('answer: yes', 'answer: "yes"'), { changes: 'nothing' }],
  ['the edit was to change blanks alone', broken.replace('answer: yes', 'answer: "yes"'), { changes: 'blanks' }],
] as const)('not when %s', (_, after, intent) => {
  expect(proves(broken, after, intent)).toBe(false);
});

test('blanks may go at the ends of lines, and nothing that only looks like one', () => {
  const spaced = soundSkill.replace('mat.\n', 'mat.  \n');
  expect(proves(spaced, soundSkill, { changes: 'blanks' })).toBe(true);
  const hard = soundSkill.replace('mat.\n', 'mat.\u00a0  \n');
  expect(proves(hard, hard.replace('\u00a0  ', '\u00a0'), { changes: 'blanks' })).toBe(true);
  expect(proves(hard, soundSkill, { changes: 'blanks' })).toBe(false);
});

test('a version is right only where the schema has nothing to say any more', () => {
  const old = soundSkill.replace('version: 3', 'version: 2');
  const intent: Intent = { changes: 'version', version: 3 };
  expect(proves(old, soundSkill, intent)).toBe(true);
  const empty = old.replace('created_by: jo-doe\n', '');
  const before = read(empty);
  const concern = before.concerns.find(({ rule }) => rule === 'schema/version');
  const after = read(empty.replace('version: 2', 'version: 3'));
  expect(concern && isProven(before, after, [{ concern, intent }])).toBe(false);
});
