import type { Leaf, SeedExample } from '../contribution.ts';
import type { AdvisoryConcern } from '../finding.ts';
import type { Case } from './case.ts';
import type { Facets } from './facets.ts';
import { fieldsOf } from './fields.ts';
import type { Field } from './fields.ts';
import { judgeCase } from './judge-case.ts';
import type { CaseVerdict } from './judge-case.ts';
import { instructionsIn, maskFields } from './mask.ts';
import type { FieldPlace } from './mask.ts';
import { rubricKindOf } from './rubric.ts';
import type { Rubric } from './rubric.ts';
import { readSolution, writeSolve } from './solve.ts';
import { injectionConcern, isSuspected } from './suspicion.ts';
import { isLost, wasAsked } from './vote.ts';
import type { Opinion, Voting } from './vote.ts';
import { weigh } from './weigh.ts';

/**
 * What came of an example, or of a file as a whole. `unclear`: something is left open; `void`, `useless` and `lost` as with a vote:
 * there is no verdict at all.
 */
export type Judged = {
  readonly state: 'clear' | 'unclear' | 'void' | 'useless' | 'lost';
  readonly concerns: readonly AdvisoryConcern[];
  /** Ids of the criteria without an answer. */
  readonly open: readonly string[];
  readonly opinions?: ReadonlyMap<string, Opinion>;
  readonly facets?: Facets;
  readonly isAsked: boolean;
  readonly model?: string;
  readonly reason?: string;
  readonly isBudget?: boolean;
};

/** What judging needs, of an example or a file. */
export type Judging = Voting & { readonly rubric: Rubric };

/** Longer examples are not sent: one of this size costs as much as twenty ordinary ones. UTF-16 units. */
const MAX_DATA_LENGTH = 60_000;

/** Whether the texts are too long to be sent, by their lengths alone: a thousand questions may share one context of a megabyte. */
export const isTooLong = (fields: readonly Field[]): boolean =>
  fields.reduce((sum, { text }) => sum + text.value.length, 0) > MAX_DATA_LENGTH;

export const tooLong: Judged = {
  state: 'useless',
  concerns: [],
  open: [],
  isAsked: false,
  reason: 'It is too long to be sent to a model.',
};

/**
 * One example's turn: solved without its answer, then held against the checklist; and both again without what reads like an
 * instruction to a model, if there is any. One call after the other: each may make the next one needless.
 */
export async function judgeExample(leaf: Leaf, example: SeedExample, judging: Judging): Promise<Judged> {
  const kind = rubricKindOf(leaf, example);
  const fields = fieldsOf(leaf, example);
  if (isTooLong(fields)) return tooLong;
  const { version, criteria } = judging.rubric;
  const about: Case = { kind, version, criteria: criteria[kind], fields };
  const verdict = await solveAndJudge(about, judging);
  return judgedOf(leaf.path, about, await withoutInstructions(about, verdict, judging, solveAndJudge), verdict);
}

/** The same without what reads like an instruction; undefined where nothing does. */
export async function withoutInstructions(
  about: Case,
  verdict: CaseVerdict,
  judging: Judging,
  judgeAgain: (about: Case, judging: Judging) => Promise<CaseVerdict>,
): Promise<{ readonly verdict: CaseVerdict; readonly place: FieldPlace } | undefined> {
  const places = instructionsIn(about.fields);
  const [place] = places;
  if (place === undefined || verdict.type === 'lost') return undefined;
  return { verdict: await judgeAgain({ ...about, fields: maskFields(about.fields, places) }, judging), place };
}

/** Puts both verdicts together. */
export function judgedOf(
  path: string,
  { criteria }: Case,
  masked: { readonly verdict: CaseVerdict; readonly place: FieldPlace } | undefined,
  verdict: CaseVerdict,
  weighed = verdict.type === 'judged' ? weigh(path, criteria, verdict.opinions) : { concerns: [], open: [] },
): Judged {
  const isAsked = verdict.isAsked || masked?.verdict.isAsked === true;
  const lost = verdict.type === 'lost' ? verdict : masked?.verdict.type === 'lost' ? masked.verdict : undefined;
  if (lost !== undefined) {
    return { state: 'lost', concerns: [], open: [], isAsked, reason: lost.reason, isBudget: lost.isBudget };
  }
  const suspicion =
    masked !== undefined && isSuspected(verdict, masked.verdict) ? [injectionConcern(path, masked.place)] : [];
  if (verdict.type !== 'judged') {
    return {
      state: verdict.type === 'void' ? 'void' : 'useless',
      concerns: suspicion,
      open: [],
      isAsked,
      reason: verdict.reason,
    };
  }
  const { opinions, facets, model } = verdict;
  return {
    state: weighed.open.length > 0 ? 'unclear' : 'clear',
    concerns: [...suspicion, ...weighed.concerns],
    open: weighed.open,
    opinions,
    ...(facets && { facets }),
    isAsked,
    model,
  };
}

/** Without a solution the question whether answer and solution agree is not asked, and stays open. */
async function solveAndJudge(about: Case, judging: Judging): Promise<CaseVerdict> {
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
