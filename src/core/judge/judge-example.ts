import type { Leaf, SeedExample } from '../contribution.ts';
import type { Case } from './case.ts';
import { fieldsOf } from './fields.ts';
import type { Field } from './fields.ts';
import { judgeCase } from './judge-case.ts';
import type { CaseVerdict } from './judge-case.ts';
import { isTooLong, judgeTwice, judgedOf, tooLong } from './judged.ts';
import type { Judged } from './judged.ts';
import { rubricKindOf } from './rubric.ts';
import type { Rubric } from './rubric.ts';
import { readSolution, writeSolve } from './solve.ts';
import { isLost, wasAsked } from './vote.ts';
import type { Voting } from './vote.ts';
import { weigh } from './weigh.ts';

/** What judging needs, of an example or a file. */
export type Judging = Voting & { readonly rubric: Rubric };

/**
 * One example's turn: solved without its answer, then held against the checklist; and both again without what reads like an
 * instruction to a model, if there is any. One call after the other: each may make the next one needless.
 */
export async function judgeExample(leaf: Leaf, example: SeedExample, judging: Judging): Promise<Judged> {
  const kind = rubricKindOf(leaf, example);
  const fields = fieldsOf(leaf, example);
  if (isTooLong(fields)) return tooLong;
  const { version, criteria } = judging.rubric;
  const verdicts = await judgeTwice({ kind, version, criteria: criteria[kind], fields }, about =>
    solveAndJudge(about, judging),
  );
  return judgedOf(leaf.path, verdicts, opinions => weigh(leaf.path, criteria[kind], opinions));
}

/** Without a solution the question whether answer and solution agree is not asked, and stays open. */
async function solveAndJudge(about: Case, judging: Judging): Promise<CaseVerdict> {
  // A policy may have switched everything off.
  if (about.criteria.length === 0) return judgeCase(about, judging);
  const reply = await judging.ask(writeSolve(about, judging.key), judging.spender);
  const isAsked = wasAsked(reply);
  if (reply.outcome !== 'ok' && isLost(reply)) {
    return { type: 'lost', reason: reply.reason, isAsked, isBudget: reply.outcome === 'budget' };
  }
  const reference = reply.outcome === 'ok' ? readSolution(reply.text) : undefined;
  const verdict = await judgeCase(withReference(about, reference), judging);
  return { ...verdict, isAsked: verdict.isAsked || isAsked };
}

/** The answer stays last. */
const withReference = (about: Case, reference: Field | undefined): Case =>
  reference === undefined
    ? { ...about, criteria: about.criteria.filter(({ id }) => id !== 'agrees-with-reference') }
    : {
        ...about,
        fields: about.fields.flatMap(field => (field.name === 'answer' ? [reference, field] : [field])),
      };
