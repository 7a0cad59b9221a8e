import type { Field } from './fields.ts';
import { isOfFile } from './fields.ts';

/** Stands in a prompt for words that were taken out. */
export const MASK = '█████';

/** A place in a text, in UTF-16 units. */
export type Place = { readonly start: number; readonly end: number };

/** Finds what reads like an instruction to a model. In the order of the text, linear in its length. */
export type FindInstructions = (text: string) => readonly Place[];

/** A place in one of the fields. */
export type FieldPlace = Place & { readonly field: Field };

/** Everything in the contributor's fields that reads like an instruction to a model. */
export const instructionsIn = (fields: readonly Field[], find: FindInstructions): readonly FieldPlace[] =>
  fields
    .filter(field => isOfFile(field) || field.name === 'directories')
    .flatMap(field => find(field.text.value).map(({ start, end }) => ({ field, start, end })));

/**
 * The fields with the places taken out, each with the rest of its paragraph: an order often begins before and goes on behind the
 * words that give it away.
 */
export function maskFields(fields: readonly Field[], places: readonly FieldPlace[]): readonly Field[] {
  const byField = Map.groupBy(places, ({ field }) => field);
  return fields.map(field => {
    const inField = byField.get(field);
    return inField === undefined
      ? field
      : { ...field, text: { ...field.text, value: mask(field.text.value, inField) } };
  });
}

function mask(text: string, places: readonly Place[]): string {
  let masked = '';
  let done = 0;
  for (const { start, end } of places) {
    if (end <= done) continue;
    const from = Math.max(done, text.lastIndexOf('\n', start) + 1);
    const lineEnd = text.indexOf('\n', end);
    const to = lineEnd === -1 ? text.length : lineEnd;
    masked += `${text.slice(done, from)}${masked.endsWith(MASK) && from === done ? '' : MASK}`;
    done = to;
  }
  return masked + text.slice(done);
}
