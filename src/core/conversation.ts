import type { Account } from './pull-request.ts';

/** A comment in the pull request's conversation. */
export type Comment = {
  readonly id: number;
  readonly nodeId: string;
  readonly author: Account;
  readonly body: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. Differs from `createdAt` when it was edited. */
  readonly updatedAt: string;
  /** Written by our App, by GitHub's own record of the App and not by anything in the text. */
  readonly isOurs: boolean;
};

/** What GitHub knows about a comment beside its text. */
export type CommentState = {
  /** Login of the last person to edit it; absent when it was never edited. */
  readonly editor?: string;
  /** When it was last edited (ISO 8601), if ever. */
  readonly editedAt?: string;
  /** Our reaction is on it: its commands are done, as they read when we reacted, or as they read now. */
  readonly isDone: boolean;
  /** The reaction is the one that says yes. */
  readonly wasAccepted?: boolean;
  /** Id of a reaction of ours that said no to what the comment said before its author edited it. It is not done then. */
  readonly saidNoBefore?: number;
};

/** `role_name` of the repository's permission API. `unknown`: GitHub could not be asked. Unknown always denies. */
export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none' | 'unknown';
