import type { Decisions } from './decisions/decisions.ts';
import { hashText } from './finding.ts';
import type { Action } from './plan.ts';
import type { RepositoryRef } from './pull-request.ts';
import type { Verdict } from './verdict.ts';

/** Something that Assay did, or was told to do. `at` is ISO 8601. */
export type AuditEntry = {
  readonly at: string;
  readonly repository: RepositoryRef;
  /** Absent where no pull request is meant: a merge queue. */
  readonly number?: number;
} & (
  | {
      /** A step on GitHub, with the id of what it made, or the kind of trouble. */
      readonly kind: 'write';
      readonly action: AuditedAction;
      readonly created?: number;
      readonly trouble?: string;
    }
  | {
      /** A review that changed something: by what it was made, and what people had decided. */
      readonly kind: 'review';
      readonly headSha: string;
      /** Where policy and taxonomy were read. */
      readonly baseSha: string;
      readonly outcome: Verdict['outcome'];
      /** How many findings of each rule and severity: `layout/file-name error` to 2. */
      readonly findings: Readonly<Record<string, number>>;
      /** The rules come with Assay’s version. */
      readonly versions: { readonly assay: string; readonly rubric: string; readonly model?: string };
      readonly decisions: readonly AuditedDecision[];
    }
  | {
      /** Older entries of this repository were removed, up to the one with this hash. */
      readonly kind: 'pruned';
      readonly before: string;
      readonly removed: number;
      readonly lastHash: string;
    }
);

/** What of a step is kept: what it was and about what, none of the texts. */
export type AuditedAction = {
  readonly type: Action['type'];
  readonly check?: string;
  readonly headSha?: string;
  readonly conclusion?: string;
  readonly labels?: readonly string[];
  readonly login?: string;
  readonly id?: number;
  readonly reaction?: string;
  readonly comments?: number;
};

/** A decision of somebody, or that one does not count and why. */
export type AuditedDecision = {
  readonly command: string;
  readonly by: string;
  readonly byId: number;
  readonly commentId: number;
  readonly reason?: string;
  /** Fingerprint of the finding that it is about. */
  readonly finding?: string;
  readonly lapsed?: string;
};

/** As it is kept and hashed. Equal entries give equal texts. */
export const entryText = (entry: AuditEntry): string => JSON.stringify(entry);

/** The hash of an entry in the chain of its repository; `previous` is that of the one before, empty for the first. 40 hex digits. */
export const chainHash = (previous: string, text: string): string => hashText(`${previous}\n${text}`);

/** What of a step goes into the record. */
export function auditedAction(action: Action): AuditedAction {
  const { type } = action;
  switch (type) {
    case 'create_check':
    case 'update_check': {
      const { name, headSha, conclusion } = action.check;
      return {
        type,
        check: name,
        headSha,
        ...(conclusion && { conclusion }),
        ...('id' in action && { id: action.id }),
      };
    }
    case 'submit_review':
      return { type, headSha: action.headSha, comments: action.comments.length };
    case 'add_labels':
      return { type, labels: action.labels };
    case 'remove_label':
      return { type, labels: [action.label] };
    case 'react':
      return { type, id: action.commentId, reaction: action.reaction };
    case 'reply':
    case 'unreact':
      return { type, id: action.commentId };
    case 'assign':
    case 'unassign':
      return { type, login: action.login };
    case 'update_comment':
    case 'delete_review_comment':
      return { type, id: action.id };
    case 'create_comment':
    case 'minimize_review_comment':
      return { type };
  }
}

/** Of people's reasons, so much is kept. */
const MAX_REASON = 500;

/** What people had decided when a review was made. */
export function auditedDecisions({ waivers, disputes, holds, status, lapsed }: Decisions): readonly AuditedDecision[] {
  const about = (command: string, words: Decisions['waivers']): readonly AuditedDecision[] =>
    [...words].map(([finding, { by, commentId, reason }]) => ({
      ...person(command, by, commentId),
      reason: reason.slice(0, MAX_REASON),
      finding,
    }));
  return [
    ...about('waive', waivers),
    ...about('dispute', disputes),
    ...holds.map(({ by, commentId, reason }) => ({
      ...person('hold', by, commentId),
      ...(reason !== undefined && { reason: reason.slice(0, MAX_REASON) }),
    })),
    ...(status === undefined
      ? []
      : [
          {
            ...person(status.type, status.by, status.commentId),
            ...(status.reason !== undefined && { reason: status.reason.slice(0, MAX_REASON) }),
          },
        ]),
    ...lapsed.map(({ command, by, commentId, why }) => ({ ...person(command.type, by, commentId), lapsed: why })),
  ];
}

const person = (
  command: string,
  { login, id }: { readonly login: string; readonly id: number },
  commentId: number,
) => ({
  command,
  by: login,
  byId: id,
  commentId,
});

/** How many findings of each rule and severity, rules in order. */
export function countFindings(findings: Verdict['findings']): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of findings) {
    const name = `${rule} ${severity}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
