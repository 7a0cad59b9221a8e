import { z } from 'zod';
import { levels } from './judge/certification.ts';
import { amendmentsSchema } from './judge/rubric-amendments.ts';

/** Over the whole life of one pull request: about 140 sound seed examples (2,900 tokens each), or 50 doubtful ones (7,700). */
const DEFAULT_TOKENS = 400_000;

/** What five busy pull requests of one author, and of one repository twenty-five, may cost in a day. */
const DEFAULT_AUTHOR_TOKENS = 2_000_000;
const DEFAULT_REPOSITORY_TOKENS = 10_000_000;

const tokens = z.int().min(0).max(100_000_000_000);
const dollars = z.number().min(0).max(10_000);

const modelName = z.string().min(1).max(200);
const criterionId = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9-]*$/, 'must be the id of a question of the judge, such as `answer-correct`');

/** What one model charges, in US dollars for a million tokens. */
const priceSchema = z.strictObject({
  input: dollars,
  /** For tokens that the provider had in its cache; as the others unless told. */
  cachedInput: dollars.exactOptional(),
  output: dollars,
});

/** What `assay certify` writes: how often triagers confirmed what the judge said. */
const certificationSchema = z.strictObject({
  rubric: z.string().min(1).max(100),
  model: modelName,
  criteria: z.record(
    criterionId,
    z.strictObject({ asserted: z.int().min(1).max(10_000_000), confirmed: z.int().min(0).max(10_000_000) }),
  ),
});

const mapping = z.strictObject({
  enabled: z.boolean().default(true).describe('Whether a language model reads what the rules have passed.'),
  maxTokensPerPullRequest: tokens
    .default(DEFAULT_TOKENS)
    .describe('Prompt and completion tokens together, over the whole life of a pull request.'),
  maxTokensPerAuthorPerDay: tokens
    .default(DEFAULT_AUTHOR_TOKENS)
    .describe('The same for all pull requests of one account in this repository, each day (UTC).'),
  maxTokensPerRepositoryPerDay: tokens
    .default(DEFAULT_REPOSITORY_TOKENS)
    .describe('The same for the whole repository, each day (UTC).'),
  rubric: amendmentsSchema
    .default({})
    .describe(
      'Changes to the questions, by id: `off`, or a mapping with other words; another id is a question of your own. See judge.md.',
    ),
  prices: z
    .record(modelName, priceSchema)
    .default({})
    .describe(
      'By name of a model, what a million tokens cost in US dollars: `input`, `output`, and `cachedInput` where it differs. Without a price only tokens are told.',
    ),
  precheck: z
    .enum(['on', 'off'])
    .default('off')
    .describe(
      '`on`: the student model is asked every question first, to see what it knows already. With `off` only `/assay precheck` does that.',
    ),
  block: z
    .array(criterionId)
    .max(100)
    .default([])
    .describe(
      'Questions whose no must be settled before triage. Holds only for those that `certification` shows to be right often enough.',
    ),
  blockAt: z
    .literal(levels)
    .default(0.9)
    .describe(
      `How often such a no must be right: the lower 95 % bound by the labels of triagers. One of ${levels.join(', ')}.`,
    ),
  certification: certificationSchema
    .exactOptional()
    .describe(
      'Written by `assay certify`: how often triagers confirmed the judge, by question, for one model and rubric.',
    ),
});

/** The key `judge` of the policy: a mapping, or one word for all of it. */
export const judgePolicySchema = z
  .union(
    [
      z.literal('off').transform(() => mapping.parse({ enabled: false })),
      z.literal('on').transform(() => mapping.parse({})),
      mapping,
    ],
    'must be `on`, `off`, or a mapping',
  )
  .prefault({})
  .describe('The judge: `on`, `off`, or a mapping.');
