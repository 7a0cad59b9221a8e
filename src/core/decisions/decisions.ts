import type { Standing } from '../commands/command.ts';
import type { Rank } from '../commands/permission.ts';
import type { Finding, PersonsWord } from '../finding.ts';
import type { Seal } from './content.ts';
import { countsFrom, inOrder } from './given.ts';
import type { GivenDecision } from './given.ts';

/** Where triage stands by the word of a person. Absent: nobody has said, and what was found decides. */
export type TriageStatus = Pick<GivenDecision, 'by' | 'commentId'> & {
  readonly type: Exclude<Standing['type'], 'dispute' | 'waive' | 'unwaive' | 'hold' | 'unhold' | 'precheck' | 'review'>;
  readonly reason?: string;
  readonly pullRequest?: number;
};

/** A command that does not count now, and why. */
export type Lapsed = Pick<GivenDecision, 'by' | 'commentId'> & {
  readonly command: Standing;
  readonly why:
    /** Whoever gave it may not do that today. */
    | 'role'
    | 'own'
    | 'unverified'
    /** Nobody may waive what this rule finds, or only somebody of a higher role. */
    | 'not-waivable'
    /** It was given for another content of the pull request. */
    | 'content'
    /** It waits until nothing must change any more. */
    | 'open-errors'
    /** There is no such finding now: mended, or changed so that it has another id. */
    | 'no-finding';
};

/** Everything that people have decided on a pull request and that counts now. */
export type Decisions = {
  /** By fingerprint of the finding. */
  readonly waivers: ReadonlyMap<string, PersonsWord>;
  readonly disputes: ReadonlyMap<string, PersonsWord>;
  readonly holds: readonly (Pick<GivenDecision, 'by' | 'commentId'> & { readonly reason?: string })[];
  readonly status?: TriageStatus;
  /** A person asked for changes, and the contributor has pushed since. */
  readonly isFollowUp: boolean;
  /** The student model is to be asked about the present content. */
  readonly isPrechecked: boolean;
  /** The judge may read the present content beyond its budget. */
  readonly isJudgeFree: boolean;
  readonly lapsed: readonly Lapsed[];
  /** Which decisions of which comment were given for the present content: kept in our comment, so that a push of the same keeps them. */
  readonly seals: ReadonlyMap<number, string>;
};

/** A pull request without a word from anybody. */
export const noDecisions: Decisions = {
  waivers: new Map(),
  disputes: new Map(),
  holds: [],
  isFollowUp: false,
  isPrechecked: false,
  isJudgeFree: false,
  lapsed: [],
  seals: new Map(),
};

/** What decisions are held against. */
export type DecisionFacts = {
  /** When our first check of this head was made (ISO 8601): a later word is for this head. Undefined: no word is. */
  readonly headSince?: string | undefined;
  /** See `contentOf`. */
  readonly content: string;
  readonly seal: Seal;
  /** What our comment keeps; see `readSeals`. */
  readonly kept: ReadonlyMap<number, string>;
  /** What was found, waived or not. */
  readonly findings: readonly Finding[];
  /** Whether somebody of this rank may waive what the rule finds. */
  readonly mayWaive: (rule: string, rank: Rank) => boolean;
};

/**
 * Computes what counts now from all standing commands of the conversation. Pure: the same conversation, permissions and content
 * always give the same, in whatever order the events came. The database is not asked.
 */
export function decisionsOf(given: readonly GivenDecision[], facts: DecisionFacts): Decisions {
  const ordered = inOrder(given);
  const counting = ordered.filter(({ permission }) => permission === 'yes');
  const lapsed: Lapsed[] = ordered.flatMap(one =>
    one.permission === 'yes'
      ? []
      : [
          {
            by: one.by,
            commentId: one.commentId,
            command: one.command,
            why: one.permission === 'no' ? 'role' : one.permission,
          },
        ],
  );
  const seals = new Map<number, string>();
  /** Whether a word that is bound to a content was given for this one. Those that were are sealed for the next head. */
  const isForContent = (one: GivenDecision): boolean => {
    const seal = facts.seal(one.commentId, facts.content);
    const isFresh = facts.headSince !== undefined && countsFrom(one) >= facts.headSince;
    if (!isFresh && facts.kept.get(one.commentId) !== seal) return false;
    seals.set(one.commentId, seal);
    return true;
  };
  const lapse = (one: GivenDecision, why: Lapsed['why']): void => {
    lapsed.push({ by: one.by, commentId: one.commentId, command: one.command, why });
  };

  const waivers = waiversOf(counting, facts, isForContent, lapse);
  const openErrors = facts.findings.filter(
    ({ severity, fingerprint }) => severity === 'error' && !waivers.has(fingerprint),
  );
  const { status, isFollowUp } = statusOf(counting, openErrors.length > 0, isForContent, lapse);
  return {
    waivers,
    disputes: disputesOf(counting, facts.findings, waivers),
    holds: holdsOf(counting),
    ...(status && { status }),
    isFollowUp,
    isPrechecked: counting.filter(({ command }) => command.type === 'precheck').some(isForContent),
    isJudgeFree: counting.filter(({ command }) => command.type === 'review').some(isForContent),
    lapsed: lapsed.toSorted((a, b) => a.commentId - b.commentId),
    seals,
  };
}

/** Whether the id that people typed names the finding: the beginning of its fingerprint, or its rule. */
export const names = (ref: string, { rule, fingerprint }: Pick<Finding, 'rule' | 'fingerprint'>): boolean =>
  ref.includes('/') ? rule === ref : fingerprint.startsWith(ref);

/** Of all words about a finding the last one decides. */
function waiversOf(
  counting: readonly GivenDecision[],
  { findings, mayWaive }: DecisionFacts,
  isForContent: (one: GivenDecision) => boolean,
  lapse: (one: GivenDecision, why: Lapsed['why']) => void,
): ReadonlyMap<string, PersonsWord> {
  const waivers = new Map<string, PersonsWord>();
  for (const one of counting) {
    const { command } = one;
    if (command.type !== 'waive' && command.type !== 'unwaive') continue;
    const named = findings.filter(finding => names(command.finding, finding));
    if (command.type === 'unwaive') {
      for (const { fingerprint } of named) waivers.delete(fingerprint);
      continue;
    }
    if (named.length === 0) lapse(one, 'no-finding');
    else if (isForOneContent(command.finding, named) && !isForContent(one)) lapse(one, 'content');
    else {
      const allowed = named.filter(({ rule }) => mayWaive(rule, one.rank));
      if (allowed.length === 0) lapse(one, 'not-waivable');
      for (const { fingerprint } of allowed)
        waivers.set(fingerprint, { by: one.by, commentId: one.commentId, reason: command.reason });
    }
  }
  return waivers;
}

/**
 * Whether a waiver is for the present content alone: that of a whole rule, and that of what a screen found. A screen keeps the value
 * to itself, so its finding is the same when another number, or a real order to the model, takes the place of what was waived.
 */
const isForOneContent = (ref: string, named: readonly Finding[]): boolean =>
  ref.includes('/') || named.some(({ rule }) => rule.startsWith('screen/'));

function disputesOf(
  counting: readonly GivenDecision[],
  findings: readonly Finding[],
  waivers: ReadonlyMap<string, PersonsWord>,
): ReadonlyMap<string, PersonsWord> {
  const disputes = new Map<string, PersonsWord>();
  for (const { command, by, commentId } of counting) {
    if (command.type !== 'dispute') continue;
    for (const finding of findings)
      if (names(command.finding, finding) && !waivers.has(finding.fingerprint))
        disputes.set(finding.fingerprint, { by, commentId, reason: command.reason });
  }
  return disputes;
}

function holdsOf(counting: readonly GivenDecision[]): Decisions['holds'] {
  const lastEnd = counting.findLastIndex(({ command }) => command.type === 'unhold');
  return counting
    .slice(lastEnd + 1)
    .flatMap(({ command, by, commentId }) =>
      command.type === 'hold'
        ? [{ by, commentId, ...(command.reason !== undefined && { reason: command.reason }) }]
        : [],
    );
}

/** The last word on where triage stands. Approval and a wish for changes are for one content; the others last. */
function statusOf(
  counting: readonly GivenDecision[],
  hasOpenErrors: boolean,
  isForContent: (one: GivenDecision) => boolean,
  lapse: (one: GivenDecision, why: Lapsed['why']) => void,
): Pick<Decisions, 'status' | 'isFollowUp'> {
  const words = counting.filter(({ command }) => isStatus(command.type));
  for (const [index, one] of words.toReversed().entries()) {
    const { command, by, commentId } = one;
    const isLast = index === 0;
    if (command.type === 'request-changes' && !isForContent(one)) return { isFollowUp: true };
    if (command.type === 'approve') {
      const why = !isForContent(one) ? 'content' : hasOpenErrors ? 'open-errors' : undefined;
      // What was said before an approval that no longer holds does not come back to life.
      if (why !== undefined) {
        if (isLast) lapse(one, why);
        return { isFollowUp: false };
      }
    }
    if (!isStatus(command.type)) continue;
    return {
      isFollowUp: false,
      status: {
        type: command.type,
        by,
        commentId,
        ...('reason' in command && command.reason !== undefined && { reason: command.reason }),
        ...('pullRequest' in command && { pullRequest: command.pullRequest }),
      },
    };
  }
  return { isFollowUp: false };
}

const statusTypes: ReadonlySet<string> = new Set([
  'request-changes',
  'uncertain',
  'approve',
  'reject',
  'topic-failure',
  'legal-hold',
  'duplicate-of',
] satisfies TriageStatus['type'][]);

const isStatus = (type: Standing['type']): type is TriageStatus['type'] => statusTypes.has(type);
