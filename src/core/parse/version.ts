import type { MappingNode } from './node.ts';
import { integerOf } from './plain.ts';

/**
 * The schema version that the document names, as the Python checker reads it: 1 without one; what `int()` makes of it, or else 1;
 * but a yes/no value is an `int` to Python, so `true` names the version "True", which does not exist.
 */
export function declaredVersion(root: MappingNode): number | string {
  const node = root.entries.get('version')?.value;
  if (node?.kind !== 'scalar') return 1;
  switch (node.type) {
    case 'boolean':
      return node.text;
    case 'integer':
      return integerOf(node.text);
    case 'float':
      return Math.trunc(Number(node.text.replaceAll('_', ''))) || 1;
    case 'text':
      return /^\s*[-+]?\d+(?:_\d+)*\s*$/.test(node.text) ? Number(node.text.replaceAll('_', '')) : 1;
    case 'null':
    case 'date':
      return 1;
  }
}
