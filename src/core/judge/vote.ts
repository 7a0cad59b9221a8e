import type { Case } from './case.ts';
import type { Span } from './evidence.ts';
import { evidenceIn } from './evidence.ts';
import type { Facets } from './facets.ts';
import type { Field } from './fields.ts';
import type { Ask, ModelReply, Spender } from './model.ts';
import { writeChecklist } from './prompt.ts';
import { readReply } from './reply.ts';
import type { Answers } from './reply.ts';
import type { Criterion } from './criterion.ts';
import { isStandard } from './rubric.ts';
import type { Sentinel } from './sentinels/pick.ts';

/** What one vote says to one criterion, once its quote was looked for. `isUnfounded`: it was a no with words that nobody wrote. */
export type Opinion =
  | { readonly verdict: 'yes' }
  | { readonly verdict: 'no'; readonly span: Span }
  | { readonly verdict: 'cannot_tell'; readonly isUnfounded: boolean };

/**
 * What came of one call about a case. `void`: the model was wrong about an example of ours, so what it says of the other counts
 * for nothing. `useless`: the reply answers nothing; another try will not help. `lost`: there was no call, or it failed.
 */
export type Vote =
  | {
      readonly type: 'cast';
      readonly opinions: ReadonlyMap<string, Opinion>;
      readonly facets?: Facets;
      readonly model: string;
      readonly isAsked: boolean;
    }
  | { readonly type: 'void' | 'useless'; readonly reason: string; readonly isAsked: boolean }
  | { readonly type: 'lost'; readonly reason: string; readonly isAsked: boolean; readonly isBudget: boolean };

/** What a vote needs from outside. */
export type Voting = {
  readonly ask: Ask;
  /** Secret of this server: without it nobody can guess what the prompts look like. */
  readonly key: string;
  readonly spender: Spender;
};

/** Asks the model about a case once: the first, second or third time. */
export async function castVote(about: Case, vote: number, { ask, key, spender }: Voting): Promise<Vote> {
  const { request, form, caseId, sentinels } = writeChecklist(about, vote, key);
  const reply = await ask(request, spender);
  if (reply.outcome !== 'ok') return failedVote(reply);
  const isAsked = wasAsked(reply);
  const reading = readReply(form, reply.text);
  const answers = reading.outcome === 'ok' ? reading.examples.get(caseId) : undefined;
  if (reading.outcome !== 'ok' || answers === undefined) {
    return { type: 'useless', reason: 'The model did not keep to the form of the reply.', isAsked };
  }
  const isWrong = [...sentinels].some(([id, sentinel]) =>
    isWrongAbout(sentinel, about.criteria, reading.examples.get(id)),
  );
  if (isWrong)
    return {
      type: 'void',
      reason: 'In the same reply the model was wrong about an example whose answers are known.',
      isAsked,
    };
  return {
    type: 'cast',
    opinions: opinionsOf(about.criteria, about.fields, answers),
    ...(answers.facets !== undefined && { facets: answers.facets }),
    model: reply.model,
    isAsked,
  };
}

/** Whether this call cost something now. */
export const wasAsked = ({ outcome, isStored }: ModelReply): boolean => isStored !== true && outcome !== 'budget';

/** Whether the call failed in a way that may pass, which is our trouble. */
export const isLost = ({ outcome }: ModelReply): boolean =>
  outcome === 'transport' || outcome === 'timeout' || outcome === 'budget';

function failedVote(reply: Exclude<ModelReply, { readonly outcome: 'ok' }>): Vote {
  const { outcome, reason } = reply;
  const isAsked = wasAsked(reply);
  return isLost(reply)
    ? { type: 'lost', reason, isAsked, isBudget: outcome === 'budget' }
    : { type: 'useless', reason, isAsked };
}

/** A no counts only with words that stand in the fields; what is not answered cannot be told. */
function opinionsOf(
  criteria: readonly Criterion[],
  fields: readonly Field[],
  { answers }: Answers,
): ReadonlyMap<string, Opinion> {
  // What a model wrote proves nothing against a contributor.
  const findEvidence = evidenceIn(fields.filter(({ name }) => name !== 'reference'));
  return new Map(
    criteria.map(({ id, evidenceIn: named }): [string, Opinion] => {
      const answer = answers.get(id);
      if (answer?.verdict === 'yes') return [id, { verdict: 'yes' }];
      if (answer?.verdict !== 'no') return [id, { verdict: 'cannot_tell', isUnfounded: false }];
      const span = findEvidence(answer.quote, named);
      return [id, span === undefined ? { verdict: 'cannot_tell', isUnfounded: true } : { verdict: 'no', span }];
    }),
  );
}

/**
 * A good example got a no, or a bad one got none. By the same reading as the contributed one: no words, no no. Of questions that
 * are a repository's own we do not know what must be said.
 */
function isWrongAbout(
  { fields, breaks }: Sentinel,
  criteria: readonly Criterion[],
  answers: Answers | undefined,
): boolean {
  if (answers === undefined) return true;
  const isGood = breaks.length === 0;
  const known = criteria.filter(({ id }) => (isGood ? isStandard(id) : breaks.includes(id)));
  const hasNo = [...opinionsOf(known, fields, answers).values()].some(({ verdict }) => verdict === 'no');
  return isGood ? hasNo : !hasNo;
}
