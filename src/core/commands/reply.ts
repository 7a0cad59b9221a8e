import { codeSpan } from '../escape.ts';
import { replyMarker } from '../markers.ts';
import { commands, entryOf, whoMay } from './registry.ts';
import type { Verb } from './registry.ts';

/** What is to be said about one command. A command that was carried out needs no words, only the reaction. */
export type Answer =
  | { readonly type: 'help' }
  | { readonly type: 'unknown'; readonly text: string; readonly didYouMean?: Verb }
  | { readonly type: 'refused'; readonly verb: Verb }
  | { readonly type: 'unverified'; readonly verb: Verb };

/** Whether the answer says why a command was not carried out. Each person gets one such reply on a pull request. */
export const isExplanation = ({ type }: Answer): boolean => type !== 'help';

/**
 * One reply to all commands of a comment, with its marker, which names the account that asked if it gets an explanation. Equal
 * answers are given once. Never itself a command.
 */
export function renderReply(commentId: number, askerId: number, answers: readonly Answer[]): string {
  const parts = new Set(answers.map(renderAnswer));
  const marker = replyMarker(commentId, answers.some(isExplanation) ? askerId : undefined);
  return [...parts, marker].join('\n\n');
}

function renderAnswer(answer: Answer): string {
  switch (answer.type) {
    case 'help':
      return `These are the commands. Each stands at the beginning of a line of its own.\n\n${commandTable()}`;
    case 'unknown': {
      const known = answer.didYouMean;
      const advice =
        known === undefined
          ? `${codeSpan('/assay help')} lists the commands.`
          : `Did you mean ${codeSpan(`/assay ${known}`)}? ${codeSpan('/assay help')} lists all commands.`;
      return `There is no command ${codeSpan(`/assay ${answer.text}`)}. ${advice}`;
    }
    case 'refused':
      return `${codeSpan(`/assay ${answer.verb}`)} was not carried out: it is for ${askers(answer.verb)}. A triager can give it for you.`;
    case 'unverified':
      return `${codeSpan(`/assay ${answer.verb}`)} was not carried out: GitHub could not tell whether you may (it is for ${askers(answer.verb)}). Please write it again in a few minutes.`;
  }
}

/** The commands as a table, for help and for the docs. */
export const commandTable = (): string =>
  [
    '| Command | What it does | Who may |',
    '| --- | --- | --- |',
    ...commands.map(entry => `| ${codeSpan(`/assay ${entry.usage}`)} | ${entry.description} | ${whoMay(entry)} |`),
  ].join('\n');

const askers = (verb: Verb): string => {
  const entry = entryOf(verb);
  return entry === undefined ? 'nobody' : whoMay(entry);
};
