import type { Contribution } from './contribution.ts';
import type { Finding, Severity } from './finding.ts';

/** What follows from a review. `incomplete` is our trouble: it is never the contributor's, and never a free pass. */
export type Outcome = 'pass' | 'escalate' | 'request_changes' | 'incomplete';

/** An example, or a file as a whole, on which the judge gave no full answer. */
export type Unsettled = {
  readonly path: string;
  readonly line: number;
  readonly isFile: boolean;
  /** Ids of the criteria that it left open; with a reason there are none, because it answered nothing. */
  readonly criteria: readonly string[];
  /** Those of them to which it said no with words that stand nowhere in the file. */
  readonly unfounded?: readonly string[];
  /** In words for people, and nothing of the model's. */
  readonly reason?: string;
};

/**
 * How far the judge came. Everything but `judged` leaves the judge's check neutral, with the reason. Numbers count seed examples:
 * `asked` those that were asked about for this head, now or at an earlier look (the others had a reply from before it), `unclear`
 * those with a question left without an answer.
 */
export type JudgeState =
  | {
      readonly type: 'judged';
      readonly examples: number;
      readonly asked: number;
      readonly unclear: number;
      /** What was left open, by place; the first hundred. Empty if and only if the judge has answered everything. */
      readonly unsettled: readonly Unsettled[];
      /** As configured by whoever runs the server. */
      readonly model?: string;
    }
  | { readonly type: 'not-configured' }
  | { readonly type: 'switched-off' }
  | { readonly type: 'nothing-to-judge'; readonly reason: string }
  | { readonly type: 'pending' }
  | {
      readonly type: 'gave-up';
      readonly reason: string;
      readonly judged: number;
      readonly examples: number;
      /** What may be spent is spent: a maintainer can let it go on. */
      readonly isBudget?: boolean;
      /** The trouble may pass: those that are missing are asked for again whenever the pull request is looked at. */
      readonly isPassing?: boolean;
    };

/** All findings and what follows. */
export type Verdict = {
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  /** Why it is incomplete, in words for people; only with that outcome. */
  readonly reason?: string;
};

/** The whole policy: the gravest finding decides. */
const policy = [
  { severity: 'error', outcome: 'request_changes' },
  { severity: 'question', outcome: 'escalate' },
] as const satisfies readonly { severity: Severity; outcome: Outcome }[];

/**
 * Weighs the findings. A contribution with an unread file is `incomplete`, whatever else was found, unless there are errors to
 * tell: those are true however many files are missing.
 */
export function decide(
  findings: readonly Finding[],
  contribution: Pick<Contribution, 'account'>,
  incomplete?: string,
): Verdict {
  const gravest = policy.find(({ severity }) => findings.some(finding => finding.severity === severity));
  if (gravest?.outcome === 'request_changes') return { outcome: 'request_changes', findings };
  const unread = contribution.account.find(({ state }) => state === 'unread');
  const reason = incomplete ?? (unread && `${unread.path} could not be read: ${unread.reason ?? 'unknown reason'}.`);
  if (reason !== undefined) return { outcome: 'incomplete', findings, reason };
  return { outcome: gravest?.outcome ?? 'pass', findings };
}
