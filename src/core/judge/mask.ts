import { steeringIn } from '../screens/steering.ts';
import { isOfFile } from './fields.ts';
import type { Field } from './fields.ts';

/** Stands in a prompt for words that were taken out. */
export const MASK = '█████';

/** A place in one of the fields, in UTF-16 units. */
export type FieldPlace = { readonly field: Field; readonly start: number; readonly end: number };

/**
 * Everything in the contributor's fields that reads like an instruction to a model, a turn of a chat or a tag of the pipeline.
 * Characters that nobody sees are not among it: no prompt has them, so there is nothing to take out.
 */
export const instructionsIn = (fields: readonly Field[]): readonly FieldPlace[] =>
  fields
    .filter(field => isOfFile(field) || field.name === 'directories')
    .flatMap(field => placesIn(field.text.value).map(({ start, end }) => ({ field, start, end })));

/**
 * The fields up to the paragraph of their first such place: who gives a model another role or task, or ends its turn, goes on with
 * what is to be done. What stands in paragraphs before stays, so an order that nothing gives away can stand there.
 */
export const maskFields = (fields: readonly Field[], places: readonly FieldPlace[]): readonly Field[] =>
  fields.map(field => {
    const first = places.find(place => place.field === field);
    return first === undefined
      ? field
      : { ...field, text: { ...field.text, value: maskFrom(field.text.value, first.start) } };
  });

/** Paragraphs have an empty line between them. */
function maskFrom(text: string, start: number): string {
  const before = text.lastIndexOf('\n\n', start);
  return text.slice(0, before === -1 ? 0 : before + 2) + MASK;
}

/** In names of directories an underscore is a blank. */
const placesIn = (text: string): readonly { readonly start: number; readonly end: number }[] =>
  steeringIn(text.replaceAll('_', ' ')).filter(({ kind }) => kind !== 'hidden-character');
