import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Profile } from '../../../src/core/parse/profile.ts';
import { parseQna, type SchemaVersion } from '../../../src/core/parse/qna.ts';
import { soundPath, soundSkill } from '../rules/sound-leaf.ts';

const knowledgePath = 'knowledge/science/meteorology/clouds/qna.yaml';
const knowledge = readFileSync(
  new URL(`../../fixtures/contributions/ok.knowledge/${knowledgePath}`, import.meta.url),
  'utf8',
);

/** `line path rule`, with the severity where it is not an error. */
function found(
  text: string,
  profile: Profile,
  { path = soundPath, schemaVersion = 'highest' }: { path?: string; schemaVersion?: SchemaVersion } = {},
): readonly string[] {
  const { concerns } = parseQna(path, 'sha', new TextEncoder().encode(text), { profile, schemaVersion });
  return concerns.map(
    ({ location: { line }, yamlPath, rule, severity }) =>
      `${line} ${yamlPath} ${rule}${severity === 'error' ? '' : ` (${severity})`}`,
  );
}

/** What our profile says, then what upstream's does. */
const both = (...args: [text: string, options?: Parameters<typeof found>[2]]) => [
  found(args[0], 'assay', args[1]),
  found(args[0], 'instructlab', args[1]),
];

describe('where upstream is plainly worse, only the profile instructlab follows it', () => {
  test.each(['', '# nothing\n', '{}\n', '~\n'])('an empty file: %j', text => {
    expect(both(text)).toEqual([['1 . yaml/empty'], ['1 . yaml/empty (note)']]);
  });

  test.each(['[]\n', '0\n', 'no\n', '0.0\n', '""\n'])('what is false to Python: %j', text => {
    expect(both(text)).toEqual([['1 . yaml/not-a-mapping'], ['1 . yaml/empty (note)']]);
  });

  test.each(['[a]\n', '7\n', 'yes\n', 'a\n'])('what is not, and no mapping either: %j', text => {
    expect(both(`\n${text}`)).toEqual([['2 . yaml/not-a-mapping'], ['1 . yaml/not-a-mapping']]);
  });

  test('a text of blanks', () => {
    const text = soundSkill.replace('Write limericks.', '" "');
    expect(both(text)).toEqual([['3 .task_description schema/empty-text'], []]);
    expect(found(soundSkill.replace('Write limericks.', '""'), 'instructlab')).toEqual([
      '3 .task_description schema/empty-text',
    ]);
  });

  test('another key beside the question and answer of knowledge', () => {
    const text = knowledge.replace(/^( +)(- question: )/m, '$1- source: me\n$1  question: ');
    const [ours, theirs] = both(text, { path: knowledgePath });
    expect(ours).toEqual([
      expect.stringMatching(/^\d+ \.seed_examples\[0\]\.questions_and_answers\[0\]\.source schema\/unknown-key$/),
    ]);
    expect(theirs).toEqual([]);
  });

  test('a key given twice', () => {
    const text = soundSkill.replace('created_by: jo-doe\n', 'created_by: jo-doe\ncreated_by: jo-doe\n');
    expect(both(text)).toEqual([['3 .created_by yaml/duplicate-key'], ['3 . yamllint/key-duplicates']]);
    const old = text.replace('version: 3\n', '');
    expect(both(old, { schemaVersion: 'document' })).toEqual([['2 .created_by yaml/duplicate-key'], []]);
  });

  test('a comment that switches checks off', () => {
    const text = `# yamllint disable\n${soundSkill.replace('jo-doe', 'jo-doe ')}`;
    expect(both(text)).toEqual([['3 . yamllint/trailing-spaces'], []]);
  });
});

describe('where only the place differs', () => {
  test('unknown keys: each for us, the mapping for upstream', () => {
    const text = soundSkill.replace('created_by: jo-doe\n', 'created_by: jo-doe\none: 1\ntwo: 2\n');
    expect(both(text)).toEqual([
      ['3 .one schema/unknown-key', '4 .two schema/unknown-key'],
      ['1 . schema/unknown-key'],
    ]);
  });

  test('a version that is too old for knowledge: upstream names no place', () => {
    const text = `# old\n${knowledge.replace('version: 3', 'version: 2')}`;
    expect(both(text, { path: knowledgePath, schemaVersion: 'document' })).toEqual([
      ['2 .version schema/deprecated-version'],
      ['1 . schema/deprecated-version'],
    ]);
  });
});

describe('yamllint', () => {
  const text = soundSkill.replace('created_by: jo-doe', 'created_by:  jo-doe ');

  test('errors are errors, warnings are notes', () => {
    expect(both(text)).toEqual([
      ['2 . yamllint/colons (note)', '2 . yamllint/trailing-spaces'],
      ['2 . yamllint/colons (note)', '2 . yamllint/trailing-spaces'],
    ]);
  });

  test('is not asked about files of schema version 1', () => {
    const old = text.replace('version: 3\n', '');
    expect(both(old, { schemaVersion: 'document' })).toEqual([[], []]);
    expect(found(old, 'assay')).toContain('1 . yamllint/trailing-spaces');
  });

  test('is not asked about files that cannot be read', () => {
    expect(both('a: "b \nc : d \n')).toEqual([['2 . yaml/syntax'], ['2 . yaml/syntax']]);
  });

  test('a concern keeps its identity when lines are added above it', () => {
    const flagged = (of: string) =>
      parseQna(soundPath, 'sha', new TextEncoder().encode(of)).concerns.map(concern => concern.flagged);
    expect(flagged(`# a comment\n${text}`)).toEqual(flagged(text));
    expect(flagged(text)).toEqual(['created_by:  jo-doe ', 'created_by:  jo-doe ']);
  });
});
