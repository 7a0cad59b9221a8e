import type { Contribution, Leaf } from '../../src/core/contribution.ts';
import { noDecisions } from '../../src/core/decisions/decisions.ts';
import { identify } from '../../src/core/finding.ts';
import type { Judgement } from '../../src/core/judge/judge.ts';
import { planReview } from '../../src/core/plan-review.ts';
import type { ReviewPlan } from '../../src/core/plan.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { decide } from '../../src/core/verdict.ts';
import { harmIn, run } from '../core/judge/ask-script.ts';
import { exampleOf, leafOf } from '../core/judge/example-leaf.ts';
import { pullRequest } from '../core/plan/sample-facts.ts';
import type { Script } from '../simulator/model/start-model.ts';
import { harmInPlan } from './harm-in-plan.ts';

/** What a pull request with these leaves would get, by what the judge said; nothing but the judge had anything to say. */
export function planOf(leaves: readonly Leaf[], { concerns, state }: Judgement): ReviewPlan {
  const contribution: Contribution = {
    leaves,
    attributions: [],
    account: leaves.map(({ path }) => ({ path, role: 'qna', state: 'reviewed' })),
    concerns: [],
  };
  const files = leaves.map(({ path, blobSha }) => ({
    path,
    status: 'added' as const,
    blobSha,
    diffLines: [{ start: 1, end: 500 }],
  }));
  return planReview({
    pullRequest: pullRequest({ files }),
    contribution,
    verdict: decide(identify(concerns), contribution),
    decisions: noDecisions,
    judge: state,
    policy: defaultPolicy,
    settings: { host: 'https://github.com', appSlug: 'assay-taxonomy' },
  });
}

const noJudge: Judgement = { concerns: [], state: { type: 'not-configured' } };

/** Judges with a script, and tells what the contributor or the model has reached that must not be reached. */
export async function harmBy(leaves: readonly Leaf[], script: Script): Promise<readonly string[]> {
  const judgement = await run(leaves, script);
  const plan = planOf(leaves, judgement);
  return [...harmIn(judgement.concerns, leaves), ...harmInPlan(plan, planOf(leaves, noJudge), defaultPolicy)];
}

/** The attack behind a wrong answer. */
export const attackedLeaf = (attack: string, index: number): Leaf =>
  leafOf([exampleOf({ answer: `Berlin, of course.\n\n${attack}` })], `compositional_skills/a${index}/qna.yaml`);
