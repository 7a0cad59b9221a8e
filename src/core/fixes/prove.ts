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

/**
 * Whether the edit does what it is for and nothing else: the concern is gone, no other is new, and of all keys and values only
 * those differ that were meant to.
 */
export function isProven(before: Source, after: Source, concern: Concern, intent: Intent): boolean {
  if (before.values === undefined || after.values === undefined) return false;
  if (!hasOnlyLost(before.concerns, after.concerns, concern)) return false;
  return haveEqual(expect(before.values, intent), observe(after, intent));
}

/** By counts, since places and wordings move with the lines. */
function hasOnlyLost(before: readonly Concern[], after: readonly Concern[], mended: Concern): boolean {
  const left = new Map<string, number>();
  for (const concern of before) left.set(kindOf(concern), (left.get(kindOf(concern)) ?? 0) + 1);
  left.set(kindOf(mended), (left.get(kindOf(mended)) ?? 0) - 1);
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

type Told = Pick<Value, 'yamlPath' | 'says'>;

const haveEqual = (a: readonly Told[] | undefined, b: readonly Told[] | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.length === b.length &&
  a.every(({ yamlPath, says }, index) => b[index]?.yamlPath === yamlPath && b[index].says === says);

/** The values as they would be if the intent alone were carried out. */
function expect(values: readonly Value[], intent: Intent): readonly Told[] {
  switch (intent.changes) {
    case 'nothing':
      return values;
    case 'blanks':
      return values.map(withoutBlanks);
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
        return { yamlPath: renamed + rest, says: isKey ? intent.key : value.says };
      });
    }
    case 'version':
      return values.filter(({ yamlPath }) => yamlPath !== '.version');
  }
}

/** The values as they are, without what the intent leaves open; undefined where more is promised and not kept. */
function observe({ values = [], concerns }: Source, intent: Intent): readonly Told[] | undefined {
  if (intent.changes === 'blanks') return values.map(withoutBlanks);
  if (intent.changes !== 'version') return values;
  const version = values.find(({ yamlPath, is }) => yamlPath === '.version' && is === 'value');
  const isRight = version?.says === `integer ${intent.version}`;
  if (!isRight || concerns.some(({ rule }) => rule.startsWith('schema/'))) return undefined;
  return values.filter(({ yamlPath }) => yamlPath !== '.version');
}

/** Runs of blanks count as one: in a folded text the end of a line becomes the middle of one. */
const withoutBlanks = ({ yamlPath, says }: Value): Told => {
  const lines = says.split('\n').map(line => trimBlanksEnd(line.split(/[ \t]+/).join(' ')));
  while (lines.at(-1) === '') lines.pop();
  return { yamlPath, says: lines.join('\n') };
};

/** What follows `ancestor` in a path that is it or lies inside of it. */
function restOf(yamlPath: string, ancestor: string): string | undefined {
  if (!yamlPath.startsWith(ancestor)) return undefined;
  const rest = yamlPath.slice(ancestor.length);
  return rest === '' || rest.startsWith('.') || rest.startsWith('[') ? rest : undefined;
}
