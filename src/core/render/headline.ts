import { codeSpan, escapeMessage } from '../escape.ts';
import { placeOf, whyIncomplete } from '../plan/facts.ts';
import type { ReviewFacts } from '../plan/facts.ts';
import { turnByDecision } from './decisions.ts';
import { nameLeaves } from './files.ts';
import { count, summarise, tally } from './words.ts';

/** The first two lines of the comment: what is missing, and whose turn it is. */
export type Headline = {
  readonly title: string;
  readonly turn: string;
  /** It has said all that a table of the files would say. */
  readonly isBrief?: boolean;
};

/** Says it for the contributor first, and for the triager who comes next. */
export function headlineOf(facts: ReviewFacts): Headline {
  const { findings, outcome } = facts.verdict;
  const decided = turnByDecision(facts.decisions);
  const { error, question } = tally(findings);
  const incomplete = whyIncomplete(facts);
  const questions =
    question === 0 ? '' : ` ${count(question, 'question')} ${question === 1 ? 'is' : 'are'} for a triager.`;
  if (decided !== undefined && (error === 0 || facts.decisions.status !== undefined)) {
    const rest = findings.length > 0 ? ` ${summarise(findings)} below.` : '';
    return { title: decided.title, turn: `${decided.turn}${rest}` };
  }
  if (error > 0) {
    const isContested = findings.every(({ severity, disputed }) => severity !== 'error' || disputed !== undefined);
    if (isContested) {
      return {
        title: `${count(error, 'thing')} disputed`,
        turn: `**It is a triager’s turn**: the contributor disputes what should be changed. ${codeSpan('/assay waive ID why')} settles it, or a word to the contributor.${questions}`,
      };
    }
    return {
      title: count(error, 'thing to change', 'things to change'),
      turn: `**It is the contributor’s turn.** Please make ${error === 1 ? 'this change' : 'these changes'} and push; Assay looks again after every push.${questions}${incomplete === undefined ? '' : ` Besides, not everything was looked at: ${escapeMessage(incomplete, 600)}`}`,
    };
  }
  if (incomplete !== undefined) {
    return {
      title: 'This review is not complete',
      turn: `${escapeMessage(incomplete, 600)} That is not held against the contribution, but it is not passed either. **It is a maintainer’s turn** to look at it by hand.`,
    };
  }
  if (outcome === 'escalate') {
    return {
      title: `${count(question, 'question')} for a triager`,
      turn: '**It is a triager’s turn.** The rules ask for no changes. Contributor: there is nothing you must do, but a word here on what is asked below helps.',
    };
  }
  const leaves = findings.length === 0 ? nameLeaves(facts.contribution, placeOf(facts)) : undefined;
  const where = leaves === undefined ? '' : ` in ${leaves}`;
  const rest = findings.length > 0 ? ` ${summarise(findings)} below, to take or leave.` : '';
  return {
    title: 'Nothing to change',
    turn: `The rules found nothing to change${where}.${rest} **It is a triager’s turn.**`,
    isBrief: leaves !== undefined,
  };
}
