import { escapeText } from '../escape.ts';
import type { JudgeState } from '../verdict.ts';
import { count } from './words.ts';

/**
 * How far the judge came, in a few words for the title of its check. `noticed` counts its findings.
 */
export function judgeTitle(state: JudgeState, noticed: number): string {
  switch (state.type) {
    case 'pending':
      return 'Reading the seed examples';
    case 'judged':
      if (noticed > 0) return `${count(noticed, 'thing')} noticed, as advice`;
      return state.unclear > 0
        ? `Nothing noticed; ${count(state.unclear, 'seed example')} stayed unclear`
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

/**
 * The same in full sentences, for people who have never heard of a judge. `isSample`: the replies were written by hand, so that
 * nobody takes them for a model's.
 */
export function judgeSentence(state: JudgeState, noticed: number, isSample = false): string {
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
        noticed === 0
          ? 'had no remarks.'
          : `had ${count(noticed, 'remark')}. ${noticed === 1 ? 'It is' : 'They are'} advice; people decide.`;
      const unclear =
        state.unclear === 0 ? '' : ` On ${count(state.unclear, 'seed example')} it could not answer every question.`;
      return `${model} read ${count(state.examples, 'seed example')} and ${remarks}${unclear}`;
    }
    case 'not-configured':
      return 'No language model is configured here, so only the rules were applied.';
    case 'switched-off':
      return 'This repository has switched the judge off, so only the rules were applied.';
    case 'nothing-to-judge':
      return `The language model was not asked. ${escapeText(state.reason, 400)}`;
    case 'gave-up':
      return `A language model read ${state.judged} of ${count(state.examples, 'seed example')}, then stopped: ${sentence(state.reason)} That is no fault of this contribution, and the rules are not affected.${state.isPassing === true ? ' The rest is asked again at the next look: after a push or a command, or without either within three hours.' : ''}`;
  }
}

const sentence = (reason: string): string => escapeText(reason, 400).replace(/[.!?]?$/, '.');
