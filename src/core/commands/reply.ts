import type { Lapsed } from '../decisions/decisions.ts';
import { codeSpan } from '../escape.ts';
import { replyMarker } from '../markers.ts';
import { isExplanation } from './answer.ts';
import type { Answer } from './answer.ts';
import { commands, entryOf, whoMay } from './registry.ts';
import type { Verb } from './registry.ts';

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
    case 'explained':
      return answer.text;
    case 'unknown': {
      const known = answer.didYouMean;
      const advice =
        known === undefined
          ? `${codeSpan('/assay help')} lists the commands.`
          : `Did you mean ${codeSpan(`/assay ${known}`)}? ${codeSpan('/assay help')} lists all commands.`;
      return `There is no command ${codeSpan(`/assay ${answer.text}`)}. ${advice}`;
    }
    case 'malformed':
      return `${notDone(answer.verb)}: ${answer.problem}. It is written ${codeSpan(`/assay ${entryOf(answer.verb)?.usage ?? answer.verb}`)}.`;
    case 'refused':
      return `${notDone(answer.isJudge === true ? 'review --judge' : answer.verb)}: ${refusal(answer.why, answer.isJudge === true ? 'maintainers' : askers(answer.verb))}`;
    case 'no-finding':
      return `${notDone(answer.verb)}: nothing here has the id ${codeSpan(answer.finding)} now. The ids stand at the end of each finding in Assay’s comment.`;
    case 'not-counting':
      return `${codeSpan(`/assay ${answer.verb}`)} does not count: ${whyLapsed[answer.why]}.`;
  }
}

/** Why a command that stands in the conversation does not count, as the end of a sentence. */
export const whyLapsed: Readonly<Record<Lapsed['why'], string>> = {
  role: 'whoever gave it may not do that, or may not any more',
  own: 'nobody decides on a pull request of their own',
  unverified: 'GitHub could not tell whether whoever gave it may',
  'not-waivable':
    'what this rule finds cannot be waived, or only by a maintainer; see who may in the documentation of the rule',
  content: 'it was given for an earlier state of this pull request, and what is asked for has changed since',
  'open-errors': 'something must still be changed; it counts as soon as that is done or waived',
  'no-finding': 'there is no such finding now: it was mended, or what it flagged has changed',
};

function refusal(why: Extract<Answer, { type: 'refused' }>['why'], who: string): string {
  switch (why) {
    case 'no':
      return `it is for ${who}. Ask one of them.`;
    case 'own':
      return 'nobody decides on a pull request of their own. Somebody else has to.';
    case 'unverified':
      return `GitHub could not tell whether you may (it is for ${who}). Please write it again in a few minutes.`;
  }
}

/** The commands as a table, for help and for the docs. */
export const commandTable = (): string =>
  [
    '| Command | What it does | Who may |',
    '| --- | --- | --- |',
    ...commands.map(entry => `| ${codeSpan(`/assay ${entry.usage}`)} | ${entry.description} | ${whoMay(entry)} |`),
  ].join('\n');

const notDone = (verb: string): string => `${codeSpan(`/assay ${verb}`)} was not carried out`;

const askers = (verb: Verb): string => {
  const entry = entryOf(verb);
  return entry === undefined ? 'nobody' : whoMay(entry);
};
