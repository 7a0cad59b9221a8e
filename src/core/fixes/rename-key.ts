import { closest } from '../closest.ts';
import { segmentOf } from '../parse/construct.ts';
import { schemas, type Shape } from '../parse/schema.ts';
import { replaceAt } from './edit.ts';
import type { Kind } from './kind.ts';
import { parentOf } from './values.ts';

/** Every key of every schema; which one fits where is for the proof to say. */
const names: readonly string[] = [
  ...new Set(
    Object.values(schemas.assay).flatMap(versions =>
      Object.values(versions).flatMap(shape => (shape === 'deprecated' ? [] : keysOf(shape))),
    ),
  ),
];

function keysOf(shape: Shape): readonly string[] {
  if (shape.is === 'list') return keysOf(shape.of);
  return shape.is === 'mapping' ? Object.entries(shape.keys).flatMap(([key, of]) => [key, ...keysOf(of)]) : [];
}

/** `anwser:` becomes `answer:` where there is no `answer:` yet. */
export const renameKey: Kind = {
  rules: ['schema/unknown-key'],
  propose({ yamlPath, flagged = '' }, { lines, values = [] }) {
    const key = values.find(each => each.is === 'key' && each.yamlPath === yamlPath && each.says === flagged);
    if (key === undefined) return [];
    const parent = parentOf(yamlPath).replace(/^\.$/, '');
    const siblings = new Set(values.flatMap(each => (each.is === 'key' ? [each.yamlPath] : [])));
    const missing = names.filter(
      name => closest(flagged, [name]) !== undefined && !siblings.has(parent + segmentOf(name)),
    );
    const ranked = [closest(flagged, missing), ...missing].filter(name => name !== undefined);
    return [...new Set(ranked)].flatMap(name => {
      const edit =
        replaceAt(lines, key.position, flagged, name) ??
        replaceAt(lines, key.position, `"${flagged}"`, name) ??
        replaceAt(lines, key.position, `'${flagged}'`, name);
      return edit ? [{ edit, intent: { changes: 'key', yamlPath, key: name } }] : [];
    });
  },
};
