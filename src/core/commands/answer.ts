import type { Decisions, Lapsed } from '../decisions/decisions.ts';
import type { Finding } from '../finding.ts';
import type { RuleDoc } from '../rules/rule.ts';
import type { ParsedCommand } from './command.ts';
import { isStanding } from './command.ts';
import { explain } from './explain.ts';
import type { Permission } from './permission.ts';
import type { Verb } from './registry.ts';

/** What is to be said about one command. A command that was carried out needs no words, only the reaction. */
export type Answer =
  | { readonly type: 'help' }
  /** Markdown of ours, escaped. */
  | { readonly type: 'explained'; readonly text: string }
  | { readonly type: 'unknown'; readonly text: string; readonly didYouMean?: Verb }
  | { readonly type: 'malformed'; readonly verb: Verb; readonly problem: string }
  | {
      readonly type: 'refused';
      readonly verb: Verb;
      readonly why: Exclude<Permission, 'yes'>;
      readonly isJudge?: boolean;
    }
  | { readonly type: 'no-finding'; readonly verb: Verb; readonly finding: string }
  | { readonly type: 'not-counting'; readonly verb: Verb; readonly why: Lapsed['why'] };

/** Whether the answer says why a command was not carried out. */
export const isExplanation = ({ type }: Answer): boolean => type !== 'help' && type !== 'explained';

/** What the answers depend on. */
export type AnswerFacts = {
  readonly commentId: number;
  readonly decisions: Decisions;
  /** What was found, with what people said about it. */
  readonly findings: readonly Finding[];
  readonly docs: readonly RuleDoc[];
};

/** What to say to one command; `done` when there is nothing to say. Pure. */
export function answerTo(command: ParsedCommand, permission: Permission, facts: AnswerFacts): Answer | 'done' {
  if (command.type === 'unknown' || command.type === 'malformed') return command;
  if (permission !== 'yes') {
    // Beyond the budget it is for others than a review is.
    const isJudge = command.type === 'review' && command.judge;
    return { type: 'refused', verb: command.type, why: permission, ...(isJudge && { isJudge }) };
  }
  if (isStanding(command)) {
    const lapsed = facts.decisions.lapsed.find(one => one.commentId === facts.commentId && one.command === command);
    if (lapsed !== undefined) return { type: 'not-counting', verb: command.type, why: lapsed.why };
    if ('finding' in command && command.type !== 'waive' && !isNamed(command.finding, facts))
      return { type: 'no-finding', verb: command.type, finding: command.finding };
    return 'done';
  }
  switch (command.type) {
    case 'help':
      return { type: 'help' };
    case 'explain': {
      const text = explain(command.finding, facts.findings, facts.docs);
      if (text !== undefined) return { type: 'explained', text };
      return { type: 'no-finding', verb: command.type, finding: command.finding };
    }
    case 'review':
    case 'assign':
    case 'unassign':
      return 'done';
  }
}

const isNamed = (ref: string, { findings }: AnswerFacts): boolean =>
  findings.some(finding => (ref.includes('/') ? finding.rule === ref : finding.fingerprint.startsWith(ref)));
