import type { MappingNode } from './node.ts';
import { integerOf } from './plain.ts';

/**
 * The schema version that the document names, as the Python checker reads it: 1 without one; what `int()` makes of it, or else 1;
 * but a yes/no value is an `int` to Python, so `true` names the version "True", which does not exist.
 */
export function declaredVersion(root: MappingNode): number | string {
  const node = root.entries.get('version')?.value;
  if (node?.kind !== 'scalar') return 1;
  if (node.type === 'boolean') return node.text;
  if (node.type === 'integer') return integerOf(node.text);
  if (node.type === 'float') return Math.trunc(Number(node.text.replaceAll('_', ''))) || 1;
  const isInteger = node.type === 'text' && /^\s*[-+]?\d+(?:_\d+)*\s*$/.test(node.text);
  return isInteger ? Number(node.text.replaceAll('_', '')) : 1;
}
