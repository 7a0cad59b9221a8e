import { segmentOf } from '../parse/construct.ts';
import type { Node } from '../parse/node.ts';
import type { Position } from '../parse/lines.ts';

/** One key or one value of a document, with its YAML path. Of a text its `text`; `says` tells it apart from every other. */
export type Value = {
  readonly yamlPath: string;
  readonly is: 'key' | 'value';
  readonly says: string;
  readonly node: Node;
  /** Of a key where it stands, of a value where it begins. */
  readonly position: Position;
};

/**
 * Every key and value in the order of the document: two documents with equal lists hold the same. Undefined where that cannot be
 * told by a list: special YAML types, and values that stand in several places through references.
 */
export function valuesOf(root: Node): readonly Value[] | undefined {
  const values: Value[] = [];
  const seen = new Set<Node>();
  let isPlain = true;
  const visit = (node: Node, yamlPath: string): void => {
    isPlain &&= !seen.has(node) && node.kind !== 'other';
    if (!isPlain) return;
    seen.add(node);
    const says = node.kind === 'scalar' ? `${node.type} ${node.text}` : node.kind;
    values.push({ yamlPath, is: 'value', says, node, position: node.position });
    const prefix = yamlPath === '.' ? '' : yamlPath;
    if (node.kind === 'sequence') for (const [index, item] of node.items.entries()) visit(item, `${prefix}[${index}]`);
    if (node.kind !== 'mapping') return;
    for (const [key, entry] of node.entries) {
      const path = `${prefix}${segmentOf(key)}`;
      values.push({ yamlPath: path, is: 'key', says: key, node: entry.value, position: entry.key });
      visit(entry.value, path);
    }
  };
  visit(root, '.');
  return isPlain ? values : undefined;
}

/** The path of the mapping or list that a key or an item stands in. */
export function parentOf(yamlPath: string): string {
  const own = /(?:\.[\w-]+|\.\["(?:[^"\\]|\\.)*"\]|\[\d+\])$/.exec(yamlPath);
  const parent = yamlPath.slice(0, own?.index ?? 0);
  return parent === '' ? '.' : parent;
}
