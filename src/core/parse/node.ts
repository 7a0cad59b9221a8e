import type { Position } from './lines.ts';
import type { ScalarType } from './plain.ts';

/** A value of the document as PyYAML's safe loader would construct it, with its place. Aliases are replaced by what they stand for. */
export type Node = ScalarNode | MappingNode | SequenceNode | OtherNode;

export type ScalarNode = {
  readonly kind: 'scalar';
  readonly type: Exclude<ScalarType, 'merge' | 'value'>;
  /** The text, after folding and unescaping; of other types as it is written. */
  readonly text: string;
  readonly position: Position;
};

/** `null` is a key that is not there. */
export type MappingNode = {
  readonly kind: 'mapping';
  /** In the order of the file, merged ones first. A key that is given twice has its last value. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly position: Position;
};

export type Entry = { readonly key: Position; readonly value: Node };

export type SequenceNode = { readonly kind: 'sequence'; readonly items: readonly Node[]; readonly position: Position };

/** Sets, ordered maps and binary data: PyYAML knows them, no schema takes them. */
export type OtherNode = { readonly kind: 'other'; readonly position: Position };

/** What stands there, in words that fit after "this is". */
export function describe(node: Node): string {
  if (node.kind !== 'scalar') {
    return { mapping: 'a mapping of keys and values', sequence: 'a list', other: 'a special YAML type' }[node.kind];
  }
  return {
    text: 'text',
    null: 'empty',
    boolean: 'a yes/no value',
    integer: 'a number',
    float: 'a number',
    date: 'a date',
  }[node.type];
}
