import type { SeedExample } from '../contribution.ts';
import { exampleKey, hashContext, joinKey } from './example-key.ts';
import type { ExampleText } from './near-example.ts';
import { profileClosely, profileText } from './profile.ts';
import type { ExampleProfile, TextProfile } from './profile.ts';

/** An example that is ready to be compared: read once, however many others it meets. */
export type Comparable = { readonly key: string; readonly profile: ExampleProfile };

/** Makes examples ready. Contexts that several examples share are read once, as long as the same maker is used. */
export type MakeComparable = {
  readonly ofSeed: (example: SeedExample) => Comparable;
  readonly ofText: (text: ExampleText) => Comparable;
};

export function comparableMaker(): MakeComparable {
  const contexts = new Map<string, { readonly hash: string; readonly profile: TextProfile }>();
  const readContext = (text: string) => {
    const known = contexts.get(text);
    if (known !== undefined) return known;
    const context = { hash: hashContext(text), profile: profileText(text) };
    contexts.set(text, context);
    return context;
  };
  const profile = ({ question, answer, context }: ExampleText): ExampleProfile => ({
    question: profileClosely(question),
    answer: profileClosely(answer),
    ...(context !== undefined && { context: readContext(context).profile }),
  });
  return {
    ofSeed: example => ({ key: exampleKey(example), profile: profile(textOf(example)) }),
    ofText: text => ({
      key: joinKey(text.question, text.context === undefined ? '' : readContext(text.context).hash),
      profile: profile(text),
    }),
  };
}

/** The texts of an example without their places. */
export const textOf = ({ question, answer, context }: SeedExample): ExampleText => ({
  question: question.value,
  answer: answer.value,
  ...(context !== undefined && { context: context.value }),
});
