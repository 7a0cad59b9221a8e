import { z } from 'zod';

/** Reasons that triagers give again and again, in our words. Keys are what is typed behind `reject`. */
const own = {
  jokes:
    'Jokes are not taken: what is funny differs from reader to reader, so a model cannot be shown to have learnt it.',
  poems: 'Poems are not taken at present.',
  math: 'Mathematics is a core skill and is taught to the model in another way; such contributions are not taken.',
  code: 'What has to do with computer code is not taken here; there are models of their own for that.',
  knowledge:
    'This teaches facts and not how to do something, so it belongs under `knowledge/`, with a document to draw on.',
  examples: 'There are too few examples, or they are too much alike. At least five that differ are needed.',
  attribution: 'It does not say where the text comes from, or the source may not be used.',
  models: 'It names another provider’s model, or was written by one. Such text cannot be taken.',
  capable: 'The model can do this already, so there is nothing to teach.',
  duplicate: 'There is already a contribution about this topic. Please help to extend that one.',
} as const satisfies Record<string, string>;

/** Texts by name; those of the policy add to ours and replace them. An empty text takes one of ours away. */
export const rejectionsSchema = z
  .record(z.string().regex(/^[a-z][a-z\d-]{0,30}$/, 'must be a word of lower-case letters'), z.string().max(500))
  .default({})
  .transform((given): Readonly<Record<string, string>> => ({ ...own, ...given }))
  .describe('Texts that `/assay reject NAME` stands for, by name. They add to the ones that Assay has.');

/** The text that a reason stands for: that of the template it names, or itself. */
export const rejectionText = (reason: string, templates: Readonly<Record<string, string>>): string => {
  const name = reason.trim().toLowerCase();
  const text = Object.hasOwn(templates, name) ? (templates[name] ?? '') : '';
  return text === '' ? reason : text;
};
