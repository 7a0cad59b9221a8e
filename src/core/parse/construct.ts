import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { CHARACTERS_A_VALUE, MAX_EXPANDED_NODES } from './limits.ts';
import type { Lines, Position } from './lines.ts';
import type { Entry, MappingNode, Node, ScalarNode } from './node.ts';
import { typeOfPlain } from './plain.ts';
import type { Fault } from './scan.ts';

/** A key that stands twice in one mapping. The last value counts, as in PyYAML. */
export type RepeatedKey = {
  readonly key: string;
  readonly yamlPath: string;
  readonly position: Position;
  /** Offset of the second one. */
  readonly start: number;
  readonly first: Position;
};

/** The values of a composed document, and what PyYAML's constructor refuses in them. */
export type Construction = {
  readonly root: Node;
  readonly faults: readonly Fault[];
  readonly repeatedKeys: readonly RepeatedKey[];
};

const TAG = 'tag:yaml.org,2002:';

/** Tags of scalars that need no check of their text. */
const scalarTags: Readonly<Record<string, ScalarNode['type']>> = {
  [`${TAG}str`]: 'text',
  [`${TAG}null`]: 'null',
  [`${TAG}bool`]: 'boolean',
  [`${TAG}int`]: 'integer',
  [`${TAG}float`]: 'float',
  [`${TAG}timestamp`]: 'date',
};

/**
 * Types every value as PyYAML does, replaces aliases and carries out merges (`<<`). Recursion is bounded by the scan's depth;
 * a value that is reached through many aliases is constructed once.
 */
export function construct(contents: unknown, text: string, lines: Lines): Construction {
  const faults: Fault[] = [];
  const repeatedKeys: RepeatedKey[] = [];
  const anchors = new Map<string, Node | 'open'>();
  const sizes = new Map<Node, number>();
  let isTooLarge = false;

  const fault = (node: unknown, message: string): void => {
    faults.push({ rule: 'yaml/syntax', message, start: rangeOf(node)[0] });
  };
  const positionOf = (node: unknown): Position => lines.at(...rangeOf(node));
  const other = (node: unknown): Node => ({ kind: 'other', position: positionOf(node) });

  /** Notes how many values the node stands for when all aliases are expanded. */
  const sized = (node: Node, children: readonly Node[], source: unknown): Node => {
    const size = children.reduce((total, child) => total + (sizes.get(child) ?? weightOf(child)), 1);
    sizes.set(node, size);
    if (size > MAX_EXPANDED_NODES && !isTooLarge) {
      isTooLarge = true;
      const message = `With its references (\`*name\`) replaced the file is too large to be read. Write them out instead.`;
      faults.push({ rule: 'yaml/too-large', message, start: rangeOf(source)[0] });
    }
    return node;
  };

  function nodeOf(source: unknown, yamlPath: string): Node {
    if (isAlias(source)) return aliased(source);
    const anchor = isScalar(source) || isCollection(source) ? source.anchor : undefined;
    if (anchor === undefined) return bare(source, yamlPath);
    if (anchors.has(anchor)) fault(source, `The anchor &${anchor} is given twice. Give each its own name.`);
    anchors.set(anchor, 'open');
    const node = bare(source, yamlPath);
    anchors.set(anchor, node);
    return node;
  }

  function bare(source: unknown, yamlPath: string): Node {
    if (isMap(source)) return mappingOf(source, yamlPath);
    if (isSeq(source)) return sequenceOf(source, yamlPath);
    if (isScalar(source)) return scalarOf(source);
    return other(source);
  }

  function aliased(alias: { source: string }): Node {
    const node = anchors.get(alias.source);
    if (node === undefined) fault(alias, `*${alias.source} refers to nothing. If it is text, put it in quotes.`);
    if (node === 'open')
      fault(alias, `*${alias.source} refers to a value that it is itself a part of. Write the value out.`);
    return node === undefined || node === 'open' ? other(alias) : node;
  }

  function scalarOf(scalar: Scalar): Node {
    const value = valueOf(scalar);
    const position = positionOf(scalar);
    const isPlain = scalar.type === 'PLAIN' || scalar.type === undefined;
    if (scalar.tag === undefined || scalar.tag === '!') {
      const type = isPlain ? typeOfPlain(value) : 'text';
      if (type === 'value') {
        fault(scalar, 'A lone = has a special meaning in YAML. Put it in quotes.');
        return { kind: 'other', position };
      }
      // `<<` is a merge only as a key; PyYAML stops at it elsewhere.
      if (type === 'merge') {
        fault(scalar, 'A lone << merges mappings in YAML and is no text. Put it in quotes.');
        return { kind: 'other', position };
      }
      return { kind: 'scalar', type, text: value, position };
    }
    if (scalar.tag === `${TAG}binary`) return { kind: 'other', position };
    const type = scalarTags[scalar.tag];
    if (type === undefined)
      fault(scalar, `YAML tags such as ${nameOf(scalar.tag)} are not allowed. Put the text in quotes.`);
    else if (type !== 'text' && typeOfPlain(value) !== type) {
      fault(scalar, `The value does not fit its tag ${nameOf(scalar.tag)}. Remove the tag.`);
    }
    return { kind: 'scalar', type: type ?? 'text', text: value, position };
  }

  /** Where the file ends without a line feed, PyYAML gives a block text none either. */
  function valueOf(scalar: Scalar): string {
    const value = typeof scalar.value === 'string' ? scalar.value : '';
    const isBlock = scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED';
    const isLast = isBlock && !text.endsWith('\n') && rangeOf(scalar)[1] >= text.length;
    return isLast ? value.replace(/\n$/, '') : value;
  }

  function sequenceOf(sequence: YAMLSeq, yamlPath: string): Node {
    const items = sequence.items.map((item, index) => nodeOf(item, `${yamlPath}[${index}]`));
    const position = enclosing(positionOf(sequence), sequence.flow === true, items);
    const isKnown = allowCollection(sequence, 'seq', ['omap', 'pairs']);
    const node: Node = isKnown ? { kind: 'sequence', items, position } : { kind: 'other', position };
    return sized(node, items, sequence);
  }

  function mappingOf(mapping: YAMLMap, yamlPath: string): Node {
    const own = new Map<string, Entry>();
    const merged: MappingNode[] = [];
    for (const pair of mapping.items) {
      if (isMerge(pair)) merged.push(...mergedBy(pair.value, `${yamlPath}.<<`));
      else addEntry(own, pair, yamlPath);
    }
    const entries = new Map<string, Entry>();
    // The first of several merged mappings wins over the later ones, and the mapping's own keys over all.
    for (const { entries: from } of merged.toReversed()) for (const [key, entry] of from) entries.set(key, entry);
    for (const [key, entry] of own) entries.set(key, entry);
    const values = [...entries.values()].map(({ value }) => value);
    const ownValues = [...own.values()].map(({ value }) => value);
    const position = enclosing(positionOf(mapping), mapping.flow === true, ownValues);
    const isKnown = allowCollection(mapping, 'map', ['set']);
    const node: Node = isKnown ? { kind: 'mapping', entries, position } : { kind: 'other', position };
    return sized(node, values, mapping);
  }

  function addEntry(entries: Map<string, Entry>, pair: Pair, yamlPath: string): void {
    const keyNode = nodeOf(pair.key, yamlPath);
    if (keyNode.kind !== 'scalar') {
      fault(pair.key, 'A key must be a word. If the braces or brackets are part of a text, put the text in quotes.');
      return;
    }
    const key = keyNode.text;
    if (keyNode.type === 'null' && key === '') {
      fault(pair.key, 'There is a colon without a key before it. If it is part of a text, put the text in quotes.');
    }
    const path = `${yamlPath === '.' ? '' : yamlPath}${segmentOf(key)}`;
    const first = entries.get(key);
    if (first) {
      const [start] = rangeOf(pair.key);
      repeatedKeys.push({ key, yamlPath: path, position: keyNode.position, start, first: first.key });
    }
    const value = pair.value == null ? emptyAfter(keyNode) : nodeOf(pair.value, path);
    entries.set(key, { key: keyNode.position, value });
  }

  function mergedBy(value: unknown, yamlPath: string): readonly MappingNode[] {
    const node = nodeOf(value, yamlPath);
    const nodes = node.kind === 'sequence' ? node.items : [node];
    return nodes.flatMap(each => {
      if (each.kind === 'mapping') return [each];
      fault(value, 'Only mappings can be merged with <<. Write the keys out.');
      return [];
    });
  }

  /** False for the collections of YAML 1.1 that no schema takes; any other tag is a fault. */
  function allowCollection(collection: YAMLMap | YAMLSeq, own: string, special: readonly string[]): boolean {
    if (collection.tag === undefined || collection.tag === `${TAG}${own}`) return true;
    if (!special.some(name => collection.tag === `${TAG}${name}`)) {
      fault(collection, `YAML tags such as ${nameOf(collection.tag)} are not allowed. Remove the tag.`);
    }
    return false;
  }

  const root = nodeOf(contents, '.');
  return { root, faults, repeatedKeys };
}

/** Start and end of the value itself, without comments and empty lines after it. */
function rangeOf(node: unknown): readonly [number, number] {
  const isNode = isAlias(node) || isScalar(node) || isCollection(node);
  const [start, end] = (isNode ? node.range : undefined) ?? [0, 0];
  return [start, end];
}

/** A block collection ends where its last value ends; the library counts comments and empty lines after it as its own. */
const enclosing = (position: Position, isFlow: boolean, children: readonly Node[]): Position =>
  isFlow
    ? position
    : { ...position, endLine: Math.max(position.line, ...children.slice(-1).map(child => child.position.endLine)) };

const emptyAfter = ({ position }: ScalarNode): Node => ({ kind: 'scalar', type: 'null', text: '', position });

/** Only a plain `<<` merges; in quotes it is a key like any other. */
const isMerge = ({ key }: Pair): boolean =>
  isScalar(key) && (key.tag === `${TAG}merge` || (key.tag === undefined && key.type === 'PLAIN' && key.value === '<<'));

const nameOf = (tag: string): string => (tag.startsWith(TAG) ? `!!${tag.slice(TAG.length)}` : tag).slice(0, 40);

/** `.answer`, or `.["an odd key"]`. */
export const segmentOf = (key: string): string =>
  /^[\w-]{1,80}$/.test(key) ? `.${key}` : `.[${JSON.stringify(key.slice(0, 80))}]`;

/** A long text counts for more, or a hundred references to one of 800 kB would pass for a hundred values. */
const weightOf = (node: Node): number => (node.kind === 'scalar' ? 1 + node.text.length / CHARACTERS_A_VALUE : 1);
