import type { Leaf, SeedExample, Text } from '../contribution.ts';

/**
 * What a model may see. Of an example, texts of its file; of a file as a whole, what it says of itself, its directories and
 * features made by code. `reference` is a solution written without a look at the answer. Nothing else is ever sent: no title,
 * description, author or comment.
 */
export type FieldName =
  | 'directories'
  | 'task_description'
  | 'domain'
  | 'document_outline'
  | 'features'
  | 'context'
  | 'question'
  | 'reference'
  | 'answer';

/** One text that is sent, and where it stands in the file. Where it is no text of the file, it stands at its beginning. */
export type Field = { readonly name: FieldName; readonly text: Text };

/** What of one example is sent, in the order in which the model reads it: the answer last, after what it is measured by. */
export function fieldsOf(leaf: Leaf, example: SeedExample): readonly Field[] {
  return present([
    ['task_description', leaf.taskDescription],
    ['domain', leaf.domain],
    ['document_outline', leaf.documentOutline],
    ['context', example.context],
    ['question', example.question],
    ['answer', example.answer],
  ]);
}

/** What of a file as a whole is sent. */
export function fieldsOfFile(leaf: Leaf, features: string): readonly Field[] {
  return present([
    ['directories', madeText(leaf.path.split('/').slice(0, -1).join(' / '))],
    ['task_description', leaf.taskDescription],
    ['domain', leaf.domain],
    ['document_outline', leaf.documentOutline],
    ['features', madeText(features)],
  ]);
}

/** A text of the file itself, that people can be pointed to. */
export const isOfFile = ({ name }: Field): boolean =>
  name !== 'directories' && name !== 'features' && name !== 'reference';

/** A text that stands in no file. */
export const madeText = (value: string): Text => ({ value, yamlPath: '.', line: 1, column: 1, endLine: 1 });

const present = (fields: readonly (readonly [FieldName, Text | undefined])[]): readonly Field[] =>
  fields.flatMap(([name, text]) => (text === undefined ? [] : [{ name, text }]));
