import { z } from 'zod';
import type { Criterion } from './criterion.ts';
import { facetNames, facets } from './facets.ts';
import type { Facets } from './facets.ts';
import { onlyObject } from './only-object.ts';

/** What the model says to one question. `quote` is what it claims to have copied: worth nothing until it is found in the file. */
export type Answer = { readonly verdict: 'yes' | 'no' | 'cannot_tell'; readonly quote: string };

/** What it says of one example. */
export type Answers = { readonly answers: ReadonlyMap<string, Answer>; readonly facets?: Facets };

/** What can be read from a reply: an answer to every criterion of every example, by the example's id; or none. */
export type Reading =
  | { readonly outcome: 'ok'; readonly examples: ReadonlyMap<string, Answers> }
  | { readonly outcome: 'malformed' | 'schema_mismatch' };

const answerSchema = z.strictObject({ evidence: z.string(), verdict: z.enum(['yes', 'no', 'cannot_tell']) });

const facetShape = {
  activity: z.enum(facets.activity),
  subject: z.enum(facets.subject),
  topic_to_avoid: z.enum(facets.topic_to_avoid),
};

const plainReply = z.strictObject({
  examples: z.array(z.strictObject({ id: z.string(), answers: z.record(z.string(), answerSchema) })).max(3),
});
const sortedReply = z.strictObject({
  examples: z
    .array(z.strictObject({ id: z.string(), answers: z.record(z.string(), answerSchema), ...facetShape }))
    .max(3),
});

/** What a reply must have: all criteria for each of these ids, and the facets if `isSorted`. */
export type ReplyForm = {
  readonly criteria: readonly Criterion[];
  readonly ids: readonly string[];
  readonly isSorted: boolean;
};

/**
 * JSON Schema of the reply. Evidence stands before the verdict because models write the fields in this order. It says nothing of
 * the examples' ids: providers prepare each schema that they have not seen, and that takes seconds.
 */
export function replySchema({ criteria, isSorted }: Omit<ReplyForm, 'ids'>): Readonly<Record<string, unknown>> {
  const answer = strictObject({
    evidence: { type: 'string' },
    verdict: { type: 'string', enum: ['yes', 'no', 'cannot_tell'] },
  });
  const example = strictObject({
    id: { type: 'string' },
    answers: strictObject(Object.fromEntries(criteria.map(({ id }) => [id, answer]))),
    ...(isSorted && Object.fromEntries(facetNames.map(name => [name, { type: 'string', enum: facets[name] }]))),
  });
  return strictObject({ examples: { type: 'array', items: example } });
}

const strictObject = (properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/**
 * Reads a reply, however it is wrapped. It must have every example once and no other, each with every criterion, nothing else,
 * and only the allowed words. Takes anything; never throws.
 */
export function readReply({ criteria, ids, isSorted }: ReplyForm, text: string): Reading {
  const object = onlyObject(text);
  if (object === undefined) return { outcome: 'malformed' };
  const parsed = isSorted ? sortedReply.safeParse(object) : plainReply.safeParse(object);
  if (!parsed.success) return { outcome: 'schema_mismatch' };
  const examples = new Map(parsed.data.examples.map(example => [example.id, readExample(example)]));
  const isWhole =
    parsed.data.examples.length === ids.length &&
    ids.every(id => {
      const answers = examples.get(id)?.answers;
      return answers?.size === criteria.length && criteria.every(criterion => answers.has(criterion.id));
    });
  return isWhole ? { outcome: 'ok', examples } : { outcome: 'schema_mismatch' };
}

type ReadExample = z.output<typeof plainReply>['examples'][number] & Partial<Facets>;

const readExample = ({ answers, activity, subject, topic_to_avoid }: ReadExample): Answers => ({
  answers: new Map(Object.entries(answers).map(([id, { evidence, verdict }]) => [id, { verdict, quote: evidence }])),
  ...(activity !== undefined &&
    subject !== undefined &&
    topic_to_avoid !== undefined && { facets: { activity, subject, topic_to_avoid } }),
});
