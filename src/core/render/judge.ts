import { codeSpan, escapeText } from '../escape.ts';
import type { JudgeState } from '../verdict.ts';
import { count } from './words.ts';

/** Findings of the judge: all, and those of them that are certified to block. */
export type Remarks = {
  readonly noticed: number;
  readonly blocking: number;
  /** The replies were written by hand, so that nobody takes them for a model's. */
  readonly isSample?: boolean | undefined;
};

/** How far the judge came, in a few words for the title of its check. */
export function judgeTitle(state: JudgeState, noticed: number, blocking = 0): string {
  switch (state.type) {
    case 'pending':
      return 'Reading the seed examples';
    case 'judged':
      if (blocking > 0) return `${count(blocking, 'thing')} to settle`;
      if (noticed > 0) return `${count(noticed, 'thing')} noticed, as advice`;
      if (state.unclear > 0) return `Nothing noticed; ${count(state.unclear, 'seed example')} stayed unclear`;
      return state.unsettled.length > 0
        ? 'Nothing noticed; questions on the file as a whole stayed open'
        : `Nothing noticed in ${count(state.examples, 'seed example')}`;
    case 'not-configured':
      return 'No model configured';
    case 'switched-off':
      return 'Switched off by this repository';
    case 'nothing-to-judge':
      return 'Nothing to judge';
    case 'gave-up':
      return `Read ${state.judged} of ${count(state.examples, 'seed example')}`;
  }
}

/** The same in full sentences, for people who have never heard of a judge. */
export function judgeSentence(state: JudgeState, { noticed, blocking, isSample = false }: Remarks): string {
  switch (state.type) {
    case 'pending':
      return 'A language model is still reading the seed examples. Its remarks will be added here.';
    case 'judged': {
      if (isSample) {
        return `Sample replies written by hand stand in for a language model here; no model was asked. They cover ${count(state.examples, 'seed example')} and make ${noticed === 0 ? 'no remarks' : count(noticed, 'remark')}.`;
      }
      const model =
        state.model === undefined ? 'A language model' : `A language model (${escapeText(state.model, 100)})`;
      const remarks =
        noticed === 0 ? 'had no remarks.' : `had ${count(noticed, 'remark')}. ${standing(noticed, blocking)}`;
      const unclear =
        state.unclear === 0 ? '' : ` On ${count(state.unclear, 'seed example')} it could not answer every question.`;
      return `${model} read ${count(state.examples, 'seed example')} and ${remarks}${unclear}${judgedAgain(state)}`;
    }
    case 'not-configured':
      return 'No language model is configured here, so only the rules were applied.';
    case 'switched-off':
      return 'This repository has switched the judge off, so only the rules were applied.';
    case 'nothing-to-judge':
      return `The language model was not asked. ${escapeText(state.reason, 400)}`;
    case 'gave-up':
      return `A language model read ${state.judged} of ${count(state.examples, 'seed example')}, then stopped: ${sentence(state.reason)} That is no fault of this contribution, and the rules are not affected.${state.isBudget === true ? ` A maintainer can have the rest judged with ${codeSpan('/assay review --judge')}.` : ''}${state.isPassing === true ? ' The rest is asked again at the next look: after a push or a command, or without either within three hours.' : ''}`;
  }
}

const sentence = (reason: string): string => escapeText(reason, 400).replace(/[.!?]?$/, '.');

/** How much of it is new. Nothing where all of it is, or none. */
const judgedAgain = ({ asked, examples }: Extract<JudgeState, { type: 'judged' }>): string =>
  asked === 0 || asked === examples
    ? ''
    : ` ${asked} of ${count(examples, 'example')} judged again; the others are as they were.`;

/** Whether anything follows from the remarks. */
function standing(noticed: number, blocking: number): string {
  if (blocking === 0) return `${noticed === 1 ? 'It is' : 'They are'} advice; people decide.`;
  const rest = noticed - blocking;
  const others = rest === 0 ? '' : ` The ${rest === 1 ? 'other is' : `other ${rest} are`} advice.`;
  return `${blocking === 1 ? 'One is' : `${blocking} are`} of a kind that triagers here have confirmed often enough to count: please settle ${blocking === 1 ? 'it' : 'them'}, or ask a triager to overrule ${blocking === 1 ? 'it' : 'them'}.${others}`;
}
