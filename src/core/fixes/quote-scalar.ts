import type { ScalarType } from '../parse/plain.ts';
import { replaceAt } from './edit.ts';
import { only, type Kind } from './kind.ts';

/**
 * A plain value that YAML does not take for text: its written form is all that a reader saw. `null` is left alone: in all real
 * files it means that nothing was written, and in quotes it would pass for an answer.
 */
const QUOTABLE: ReadonlySet<ScalarType> = new Set(['boolean', 'integer', 'float', 'date']);

/** `answer: yes` becomes `answer: "yes"`, and `010` stays `010`. */
export const quoteScalar: Kind = {
  rules: ['schema/type'],
  propose({ yamlPath }, { lines, values = [] }) {
    const value = values.find(each => each.is === 'value' && each.yamlPath === yamlPath);
    if (value?.node.kind !== 'scalar' || !QUOTABLE.has(value.node.type)) return [];
    const { text } = value.node;
    return only(replaceAt(lines, value.position, text, `"${text}"`), { changes: 'value', yamlPath, text });
  },
};
