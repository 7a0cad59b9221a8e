import type { Concern } from '../finding.ts';
import { segmentOf } from '../parse/construct.ts';
import { trimBlanksEnd } from './blanks.ts';
import type { Source } from './source.ts';
import { parentOf, type Value } from './values.ts';

/** What an edit may change in the values of a document. */
export type Intent =
  | { readonly changes: 'nothing' }
  /** Blanks at the ends of lines, and the line feed at the end of a text. */
  | { readonly changes: 'blanks' }
  /** One value becomes this text. */
  | { readonly changes: 'value'; readonly yamlPath: string; readonly text: string }
  /** One key is called so. */
  | { readonly changes: 'key'; readonly yamlPath: string; readonly key: string }
  /** The version becomes this number, and then the schema has nothing to say against the file any more. */
  | { readonly changes: 'version'; readonly version: number };

/** A concern that edits are said to mend, and what they may change for it. */
export type Mended = { readonly concern: Concern; readonly intent: Intent };

/**
 * Whether the edits between two texts do what they are for and nothing else: the concerns are gone, no other is new, and of all
 * keys and values only those differ that were meant to.
 */
export function isProven(before: Source, after: Source, mended: readonly Mended[]): boolean {
  if (before.values === undefined || after.values === undefined) return false;
  if (!hasOnlyLost(before.concerns, after.concerns, mended)) return false;
  const intents = [...new Set(mended.map(({ intent }) => intent))];
  const expected = intents.reduce<readonly Told[]>(expect, before.values);
  return intents.every(intent => isKept(intent, after)) && haveEqual(expected, intents.reduce(leaveOpen, after.values));
}

/** By counts, since places and wordings move with the lines. */
function hasOnlyLost(before: readonly Concern[], after: readonly Concern[], mended: readonly Mended[]): boolean {
  const left = new Map<string, number>();
  for (const concern of before) left.set(kindOf(concern), (left.get(kindOf(concern)) ?? 0) + 1);
  for (const { concern } of mended) left.set(kindOf(concern), (left.get(kindOf(concern)) ?? 0) - 1);
  for (const concern of after) {
    const count = (left.get(kindOf(concern)) ?? 0) - 1;
    if (count < 0) return false;
    left.set(kindOf(concern), count);
  }
  return true;
}

/** What yamllint flags is the text around it, which another edit of the same line changes. */
const kindOf = ({ rule, yamlPath, flagged = '' }: Concern): string =>
  rule.startsWith('yamllint/') ? rule : [rule, yamlPath, flagged].join('\0');

type Told = Pick<Value, 'is' | 'yamlPath' | 'says'>;

const haveEqual = (a: readonly Told[], b: readonly Told[]): boolean =>
  a.length === b.length &&
  a.every(({ yamlPath, says }, index) => b[index]?.yamlPath === yamlPath && b[index].says === says);

/** The values as they would be if the intent alone were carried out. */
function expect(values: readonly Told[], intent: Intent): readonly Told[] {
  switch (intent.changes) {
    case 'value':
      return values.map(value =>
        value.is === 'value' && value.yamlPath === intent.yamlPath ? { ...value, says: `text ${intent.text}` } : value,
      );
    case 'key': {
      const renamed = `${parentOf(intent.yamlPath).replace(/^\.$/, '')}${segmentOf(intent.key)}`;
      return values.map(value => {
        const rest = restOf(value.yamlPath, intent.yamlPath);
        if (rest === undefined) return value;
        const isKey = rest === '' && value.is === 'key';
        return { ...value, yamlPath: renamed + rest, says: isKey ? intent.key : value.says };
      });
    }
    case 'nothing':
    case 'blanks':
    case 'version':
      return leaveOpen(values, intent);
  }
}

/** The values without what the intent does not ask about. */
function leaveOpen(values: readonly Told[], { changes }: Intent): readonly Told[] {
  if (changes === 'blanks') return values.map(withoutBlanks);
  return changes === 'version' ? values.filter(({ yamlPath }) => yamlPath !== '.version') : values;
}

/** What is promised beyond the values that are compared. */
function isKept(intent: Intent, { values = [], concerns }: Source): boolean {
  if (intent.changes !== 'version') return true;
  const version = values.find(({ yamlPath, is }) => yamlPath === '.version' && is === 'value');
  return version?.says === `integer ${intent.version}` && !concerns.some(({ rule }) => rule.startsWith('schema/'));
}

/** Runs of blanks count as one: in a folded text the end of a line becomes the middle of one. */
const withoutBlanks = ({ is, yamlPath, says }: Told): Told => {
  const lines = says.split('\n').map(line => trimBlanksEnd(line.split(/[ \t]+/).join(' ')));
  while (lines.at(-1) === '') lines.pop();
  return { is, yamlPath, says: lines.join('\n') };
};

/** What follows `ancestor` in a path that is it or lies inside of it. */
function restOf(yamlPath: string, ancestor: string): string | undefined {
  if (!yamlPath.startsWith(ancestor)) return undefined;
  const rest = yamlPath.slice(ancestor.length);
  return rest === '' || rest.startsWith('.') || rest.startsWith('[') ? rest : undefined;
}
