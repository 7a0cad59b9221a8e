import type { Leaf, SeedExample, Text } from '../contribution.ts';

/** The texts of a file that a model may see. Nothing else of a pull request is ever sent: no path, title, author or comment. */
export type FieldName = 'task_description' | 'domain' | 'document_outline' | 'context' | 'question' | 'answer';

/** One text that is sent, and where it stands in the file. */
export type Field = { readonly name: FieldName; readonly text: Text };

/** What of one example is sent, in the order in which the model reads it: the answer last, after what it is measured by. */
export function fieldsOf(leaf: Leaf, example: SeedExample): readonly Field[] {
  const fields: readonly [FieldName, Text | undefined][] = [
    ['task_description', leaf.taskDescription],
    ['domain', leaf.domain],
    ['document_outline', leaf.documentOutline],
    ['context', example.context],
    ['question', example.question],
    ['answer', example.answer],
  ];
  return fields.flatMap(([name, text]) => (text === undefined ? [] : [{ name, text }]));
}
