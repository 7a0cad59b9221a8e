import type { AdvisoryConcern, Concern } from '../finding.ts';
import { lowerBound } from './agreement/binomial.ts';

/** How often a no of the judge must be right before it may block, from the least to the most demanding. */
export const levels = [0.8, 0.9, 0.95, 0.98] as const;

export type Level = (typeof levels)[number];

/** How often the judge said no to a question, and how often triagers said so too. */
export type Confirmed = { readonly asserted: number; readonly confirmed: number };

/** What was measured about one model with one version of the rubric. It says nothing about any other. */
export type Certification = {
  readonly rubric: string;
  readonly model: string;
  /** By criterion; only those that passed. */
  readonly criteria: Readonly<Record<string, Confirmed>>;
};

/** As much of the policy as decides about blocking. */
export type BlockPolicy = {
  readonly block: readonly string[];
  readonly blockAt: Level;
  readonly certification?: Certification;
};

/** Who judged: a certification of anybody else does not count. */
export type JudgedBy = { readonly rubric: string; readonly model: string };

/** Not exported: nobody else can make a permit. */
const granted = Symbol('granted');

/** Leave for one criterion to block. Made by `permitToBlock` alone, after a look at the labels that speak for it. */
export type BlockPermit = Confirmed & { readonly [granted]: true; readonly criterion: string };

/**
 * Whether a criterion may block: the maintainers want it, and labels of triagers for this very model and rubric show, with 95 %
 * confidence, that its no is right as often as they ask. The bound is computed again from the counts: whatever else a policy file
 * claims, too few labels never permit anything.
 */
export function permitToBlock(criterion: string, policy: BlockPolicy, judgedBy: JudgedBy): BlockPermit | undefined {
  const { block, blockAt, certification } = policy;
  if (!block.includes(criterion) || certification === undefined) return undefined;
  if (certification.rubric !== judgedBy.rubric || certification.model !== judgedBy.model) return undefined;
  const { asserted = 0, confirmed = 0 } = Object.hasOwn(certification.criteria, criterion)
    ? (certification.criteria[criterion] ?? {})
    : {};
  if (confirmed > asserted || lowerBound(confirmed, asserted) < blockAt) return undefined;
  return { [granted]: true, criterion, asserted, confirmed };
}

/**
 * What the judge noticed, with those that may block as errors; the others stay what they are. Without `judgedBy` (the judge did
 * not finish, so nobody answers for the whole) nothing blocks.
 */
export const blockWhereCertified = (
  concerns: readonly AdvisoryConcern[],
  policy: BlockPolicy,
  judgedBy: JudgedBy | undefined,
): readonly Concern[] =>
  concerns.map(concern => {
    const permit = judgedBy && permitToBlock(concern.rule.replace(/^judge\//, ''), policy, judgedBy);
    return permit === undefined ? concern : block(concern, permit);
  });

/** The one place where a concern of the judge becomes an error. */
const block = (concern: AdvisoryConcern, { asserted, confirmed }: BlockPermit): Concern => ({
  ...concern,
  severity: 'error',
  message: `${concern.message} Triagers here confirmed ${confirmed} of ${asserted} such remarks, so it has to be settled before triage; a triager can overrule it.`,
});
