import type { AdvisoryConcern } from '../finding.ts';
import type { Case } from './case.ts';
import type { Facets } from './facets.ts';
import type { Field } from './fields.ts';
import type { CaseVerdict } from './judge-case.ts';
import { instructionsIn, maskFields } from './mask.ts';
import type { FieldPlace } from './mask.ts';
import { injectionConcern, isSuspected } from './suspicion.ts';
import type { Opinion } from './vote.ts';
import type { Weighed } from './weigh.ts';

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

/** Longer texts are not sent: one of this size costs as much as twenty ordinary examples. UTF-16 units. */
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

/** A verdict, and the one without what reads like an instruction to a model, if anything does: the first such place is named. */
type Verdicts = {
  readonly verdict: CaseVerdict;
  readonly masked?: { readonly verdict: CaseVerdict; readonly place: FieldPlace };
};

/** Judges a case; and once more without what reads like an instruction to a model, if there is any. */
export async function judgeTwice(about: Case, judgeOnce: (about: Case) => Promise<CaseVerdict>): Promise<Verdicts> {
  const verdict = await judgeOnce(about);
  const places = instructionsIn(about.fields);
  const [place] = places;
  if (place === undefined || verdict.type === 'lost') return { verdict };
  return {
    verdict,
    masked: { verdict: await judgeOnce({ ...about, fields: maskFields(about.fields, places) }), place },
  };
}

/** Puts both verdicts together. What the second one objects to is not told: it may be the gap. */
export function judgedOf(
  path: string,
  { verdict, masked }: Verdicts,
  weigh: (opinions: ReadonlyMap<string, Opinion>) => Weighed,
): Judged {
  const isAsked = verdict.isAsked || masked?.verdict.isAsked === true;
  const lost = [verdict, masked?.verdict].find(each => each?.type === 'lost');
  if (lost?.type === 'lost') {
    return { state: 'lost', concerns: [], open: [], isAsked, reason: lost.reason, isBudget: lost.isBudget };
  }
  const isInjected = masked !== undefined && isSuspected(verdict, masked.verdict);
  const suspicion = isInjected ? [injectionConcern(path, masked.place)] : [];
  if (verdict.type !== 'judged') {
    return { state: verdict.type, concerns: suspicion, open: [], isAsked, reason: verdict.reason };
  }
  const { opinions, facets, model } = verdict;
  const { concerns, open } = weigh(opinions);
  return {
    state: open.length > 0 ? 'unclear' : 'clear',
    concerns: [...suspicion, ...concerns],
    open,
    opinions,
    ...(facets && { facets }),
    isAsked,
    ...(model !== undefined && { model }),
  };
}
