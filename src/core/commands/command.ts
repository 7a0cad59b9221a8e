import type { Verb } from './registry.ts';

/** The id that is printed beside a finding (7 hexadecimal digits), or the id of a rule: `3f9a2c1`, `layout/directory-name`. */
export type FindingRef = string;

/** A command that asks for something once. It is done when our reaction is on the comment. */
export type OneShot =
  | { readonly type: 'help' }
  | { readonly type: 'review'; readonly judge: false }
  | { readonly type: 'explain'; readonly finding: FindingRef }
  /** Without a login: whoever gives the command. */
  | { readonly type: 'assign' | 'unassign'; readonly login?: string };

/** A command that goes on counting as long as its comment stands, and is read again at every review. */
export type Standing =
  | { readonly type: 'dispute' | 'waive'; readonly finding: FindingRef; readonly reason: string }
  | { readonly type: 'unwaive'; readonly finding: FindingRef }
  | { readonly type: 'hold' | 'legal-hold' | 'topic-failure' | 'request-changes'; readonly reason?: string }
  | { readonly type: 'uncertain' | 'reject'; readonly reason: string }
  | { readonly type: 'unhold' | 'approve' | 'precheck' }
  /** Also where the budget for the model is spent; that is for maintainers. It holds for the present content. */
  | { readonly type: 'review'; readonly judge: true }
  | { readonly type: 'duplicate-of'; readonly pullRequest: number };

/** What somebody asked for, as it stands in a comment. Its texts are a stranger's. */
export type Command = OneShot | Standing;

/** A line that begins as a command and is none. */
export type Misunderstood =
  | {
      readonly type: 'unknown';
      /** What followed the name, cut. */
      readonly text: string;
      readonly didYouMean?: Verb;
    }
  /** A verb that we know, with something missing or wrong behind it. `problem` is our own sentence. */
  | { readonly type: 'malformed'; readonly verb: Verb; readonly problem: string };

export type ParsedCommand = Command | Misunderstood;

export const isMisunderstood = (command: ParsedCommand): command is Misunderstood =>
  command.type === 'unknown' || command.type === 'malformed';

const standingTypes: ReadonlySet<string> = new Set([
  'dispute',
  'waive',
  'unwaive',
  'hold',
  'unhold',
  'legal-hold',
  'topic-failure',
  'request-changes',
  'uncertain',
  'reject',
  'approve',
  'duplicate-of',
  'precheck',
] satisfies Standing['type'][]);

/** Whether it goes on counting as long as its comment stands. */
export const isStanding = (command: ParsedCommand): command is Standing =>
  standingTypes.has(command.type) || (command.type === 'review' && command.judge);
