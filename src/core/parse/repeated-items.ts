import { hashText } from '../finding.ts';
import type { Node } from './node.ts';

/** An item that is equal to an earlier one of its list. */
export type RepeatedItem = { readonly item: Node; readonly twin: Node; readonly hash: string };

/**
 * Items equal to an earlier one, as JSON Schema's `uniqueItems` compares: whole values, the order of keys does not matter, numbers
 * by value. Linear: values are compared by hash, and one that is reached through many aliases is hashed once.
 */
export function repeatedItems(items: readonly Node[]): readonly RepeatedItem[] {
  const hashes = new Map<Node, string>();
  const seen = new Map<string, Node>();
  return items.flatMap(item => {
    const hash = hashNode(item, hashes);
    const twin = seen.get(hash);
    if (twin !== undefined) return [{ item, twin, hash }];
    seen.set(hash, item);
    return [];
  });
}

function hashNode(node: Node, hashes: Map<Node, string>): string {
  const known = hashes.get(node);
  if (known !== undefined) return known;
  const hash = hashText(contentOf(node, hashes));
  hashes.set(node, hash);
  return hash;
}

function contentOf(node: Node, hashes: Map<Node, string>): string {
  if (node.kind === 'scalar') {
    return `${node.type === 'integer' || node.type === 'float' ? 'number' : node.type}:${node.text}`;
  }
  if (node.kind === 'sequence') return `[${node.items.map(item => hashNode(item, hashes)).join(',')}]`;
  if (node.kind === 'mapping') {
    const pairs = [...node.entries].map(([key, { value }]) => `${hashText(key)}=${hashNode(value, hashes)}`);
    return `{${pairs.sort().join(',')}}`;
  }
  // Its content is not kept; no schema takes it anyway.
  return `other:${node.position.line}:${node.position.column}`;
}
