import type { Severity } from './finding.ts';
import type { LineRange } from './pull-request.ts';

export type CheckName = 'assay/rules' | 'assay/judge';

/** `cancelled`, `skipped` and the like are never ours: they would let an unreviewed head pass a required check. */
export type Conclusion = 'success' | 'neutral' | 'failure' | 'action_required';

/** A mark on lines of a file in a check run. */
export type Annotation = {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** Only allowed by GitHub when it is one line. */
  readonly startColumn?: number;
  readonly level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
};

/** How one check run should look. Texts are ready to be sent: escaped, and within GitHub's limits. */
export type CheckPlan = {
  readonly name: CheckName;
  readonly headSha: string;
  /**
   * `#n:hash`, or `#n:base:hash` (see `forBase`): the pull request it speaks for, the base it was looked at for, and a hash of all
   * that is shown. An equal one means that nothing is to be written.
   */
  readonly externalId: string;
  /** Absent while it is in progress. */
  readonly conclusion?: Conclusion;
  readonly title: string;
  readonly summary: string;
  readonly text?: string;
  readonly annotations: readonly Annotation[];
};

/** A review comment on lines of the diff. */
export type InlineComment = {
  readonly fingerprint: string;
  readonly severity: Severity;
  readonly path: string;
  readonly lines: LineRange;
  /** With our hidden marker, which carries the fingerprint. */
  readonly body: string;
};

/** The labels that should and should not be there. Labels in neither list are none of our business. */
export type LabelPlan = {
  readonly present: readonly string[];
  readonly absent: readonly string[];
  /** At most one of these may stand. Where a person has put one of them, ours stay away. */
  readonly exclusive: readonly string[];
  /** Colours by name, for those that the repository does not have yet: six hexadecimal digits. */
  readonly colours: Readonly<Record<string, string>>;
};

/** How the pull request should look. */
export type ReviewPlan = {
  readonly headSha: string;
  readonly checks: readonly CheckPlan[];
  /** People asked for another run: a check in progress takes the place of a result that stands. Otherwise the result stays. */
  readonly reopens?: boolean;
  /** Body of the sticky comment with its marker; absent when we should not speak (observe mode, nothing of ours touched). */
  readonly comment?: string;
  /**
   * The remarks that should stand on lines. Absent while that is open (the judge has not ended, a draft, observe mode): then those
   * that stand are left alone. No comments means that none should stand; a review is only sent for comments.
   */
  readonly review?: { readonly body: string; readonly comments: readonly InlineComment[] };
  /** Absent when labels are not to be touched (closed, draft, observe mode). */
  readonly labels?: LabelPlan;
  /** Whoever is to be assigned while this label of ours stands: with the label they come, and with it they go. */
  readonly assignee?: { readonly login: string; readonly label: string };
  /** How things of ours should look that stand from before; where they do not stand, they are not made. */
  readonly ifPosted?: { readonly comment?: string; readonly checks: readonly CheckPlan[] };
};

/** A check run of ours that stands on the head. */
export type PostedCheck = {
  readonly id: number;
  readonly name: string;
  readonly externalId: string;
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion?: string;
  readonly annotations: number;
};

/** A review comment of ours that is still shown. */
export type PostedInlineComment = {
  readonly id: number;
  readonly nodeId: string;
  readonly fingerprint: string;
  /** Someone replied. Then it is folded away instead of deleted when it no longer applies. */
  readonly isAnswered: boolean;
  readonly isMinimized: boolean;
  /** Its line was changed by a push, so GitHub shows it at no line. */
  readonly isOutdated?: boolean;
};

/** A change of a label, by its place in the timeline. */
export type LabelEvent = {
  readonly label: string;
  readonly type: 'labeled' | 'unlabeled';
  readonly byUs: boolean;
  /** By another App or a workflow: nobody's decision. */
  readonly byBot?: boolean;
  /** ISO 8601. */
  readonly at: string;
};

/** What of ours is on GitHub now. */
export type Posted = {
  /** Of our App, on the head, the newest of each name and pull request. */
  readonly checks: readonly PostedCheck[];
  /** Other open pull requests with this head. When it is not known, every pull request with a check run here counts as open. */
  readonly sharedWith?: readonly number[];
  /** When our first check run on this head was made (ISO 8601): what happened later happened "for that head". */
  readonly headSince?: string;
  readonly comment?: { readonly id: number; readonly body: string };
  /** Heads that we have sent a review for, by the marker in its body. */
  readonly reviewedHeads: readonly string[];
  readonly inlineComments: readonly PostedInlineComment[];
  readonly labels: readonly string[];
  readonly labelEvents: readonly LabelEvent[];
};

/** One step from what is there to what should be. Every write to GitHub is one of these. */
export type Action =
  | { readonly type: 'create_check'; readonly check: CheckPlan }
  | { readonly type: 'update_check'; readonly id: number; readonly check: CheckPlan }
  | { readonly type: 'create_comment'; readonly body: string }
  | { readonly type: 'update_comment'; readonly id: number; readonly body: string }
  | {
      readonly type: 'submit_review';
      readonly headSha: string;
      readonly body: string;
      readonly comments: readonly InlineComment[];
    }
  | { readonly type: 'delete_review_comment'; readonly id: number }
  | { readonly type: 'minimize_review_comment'; readonly nodeId: string }
  | {
      readonly type: 'add_labels';
      readonly labels: readonly string[];
      readonly colours: Readonly<Record<string, string>>;
    }
  | { readonly type: 'remove_label'; readonly label: string }
  | { readonly type: 'react'; readonly commentId: number; readonly reaction: Reaction }
  | { readonly type: 'unreact'; readonly commentId: number; readonly reactionId: number }
  | { readonly type: 'reply'; readonly commentId: number; readonly body: string }
  | { readonly type: 'assign' | 'unassign'; readonly login: string };

/** `eyes`: done as asked. `confused`: not understood, not allowed or not verifiable; a reply says which. */
export type Reaction = 'eyes' | 'confused';
