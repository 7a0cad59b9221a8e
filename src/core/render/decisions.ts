import type { Standing } from '../commands/command.ts';
import { whyLapsed } from '../commands/reply.ts';
import type { Decisions, Lapsed, TriageStatus } from '../decisions/decisions.ts';
import { codeSpan, escapeMessage, escapeText } from '../escape.ts';
import { fitLines } from '../limits.ts';
import { linkTo } from '../links.ts';
import { placeOf } from '../plan/facts.ts';
import type { ReviewFacts } from '../plan/facts.ts';
import { rejectionText } from '../policy/rejections.ts';
import type { Account } from '../pull-request.ts';
import { count } from './words.ts';

const ROOM = { maxLines: 25, maxBytes: 8_000 };

/** What people have decided, each with name, reason and a link to where they said so. Empty when nobody has. */
export function renderDecisions(facts: Facts): string {
  const { decisions } = facts;
  const waived = Map.groupBy(
    facts.verdict.findings.flatMap(({ waived }) => waived ?? []),
    ({ commentId }) => commentId,
  );
  const disputed = Map.groupBy(
    facts.verdict.findings.flatMap(({ disputed: word }) => word ?? []),
    ({ commentId }) => commentId,
  );
  const lines = [
    ...(decisions.status ? [tellStatus(decisions.status, facts)] : []),
    ...decisions.holds.map(hold => `- **On hold** ${tellBy(hold, facts)}${because(hold.reason)}`),
    ...[...waived.values()].flatMap(([word, ...others]) =>
      word ? [`- ${count(others.length + 1, 'finding')} waived ${tellBy(word, facts)}${because(word.reason)}`] : [],
    ),
    ...[...disputed.values()].flatMap(([word, ...others]) =>
      word ? [`- ${count(others.length + 1, 'finding')} disputed ${tellBy(word, facts)}${because(word.reason)}`] : [],
    ),
    ...decisions.lapsed.map(one => tellLapsed(one, facts)),
  ];
  if (lines.length === 0) return '';
  const list = fitLines(lines, lines.length, ROOM, left => `- … and ${count(left, 'more')}`);
  return `**What people decided**\n\n${list}`;
}

type Facts = Pick<ReviewFacts, 'pullRequest' | 'settings' | 'decisions' | 'verdict' | 'policy'>;

const words = {
  approve: '**Approved**',
  reject: '**Not taken**',
  'topic-failure': '**The topic is not taken**',
  'legal-hold': '**Waits for legal advice**',
  uncertain: '**Question to the other triagers**',
  'request-changes': '**Changes requested**',
  'duplicate-of': '**Not taken, as another pull request has the same**',
} as const satisfies Record<TriageStatus['type'], string>;

function tellStatus(status: TriageStatus, facts: Facts): string {
  const { host, repository } = placeOf(facts);
  const other =
    status.pullRequest === undefined
      ? ''
      : `: ${linkTo(host, { type: 'pull-request', repository, number: status.pullRequest }, `pull request ${status.pullRequest}`)}`;
  const reason =
    status.reason !== undefined && status.type === 'reject'
      ? rejectionText(status.reason, facts.policy.rejections)
      : status.reason;
  return `- ${words[status.type]} ${tellBy(status, facts)}${other}${because(reason)}`;
}

/** Says it by the beginning of the command, so that nobody reads a reason that does not count as one that does. */
const tellLapsed = ({ command, by, commentId, why }: Lapsed, facts: Facts): string =>
  `- ${codeSpan(`/assay ${briefly(command)}`)} ${tellBy({ by, commentId }, facts)} does not count: ${whyLapsed[why]}.`;

const briefly = (command: Standing): string =>
  'finding' in command ? `${command.type} ${command.finding}` : command.type;

function tellBy({ by, commentId }: { readonly by: Account; readonly commentId: number }, facts: Facts): string {
  const { host, repository } = placeOf(facts);
  const place = { type: 'comment', repository, number: facts.pullRequest.number, id: commentId } as const;
  return `by ${escapeText(by.login, 60)} (${linkTo(host, place, 'comment')})`;
}

const because = (reason: string | undefined): string =>
  reason === undefined || reason === '' ? '' : `: “${escapeMessage(reason, 500)}”`;

/** Whose turn it is by the word of a person; undefined when nobody has said. */
export function turnByDecision({
  status,
  holds,
}: Decisions): { readonly title: string; readonly turn: string } | undefined {
  if (status === undefined)
    return holds.length === 0
      ? undefined
      : { title: 'On hold', turn: 'A triager keeps this from passing for now. **It is a triager’s turn.**' };
  return turns[status.type];
}

const turns: Readonly<Record<TriageStatus['type'], { readonly title: string; readonly turn: string }>> = {
  approve: { title: 'Triage is done', turn: 'An approver has accepted this. **It is a maintainer’s turn.**' },
  reject: {
    title: 'Not taken',
    turn: 'A triager has decided not to take this; why stands below. Thank you for the work.',
  },
  'duplicate-of': {
    title: 'Not taken',
    turn: 'A triager found that another pull request has the same; it is named below. Thank you for the work.',
  },
  'topic-failure': {
    title: 'The topic is not taken',
    turn: 'A triager has decided that contributions about this topic are not taken. Thank you for the work.',
  },
  'legal-hold': {
    title: 'Waits for legal advice',
    turn: '**It is a maintainer’s turn**: somebody has to say whether the source may be used. Contributor: there is nothing to do.',
  },
  uncertain: {
    title: 'The triagers are asked',
    turn: '**It is the triagers’ turn**: one of them asks the others. Contributor: there is nothing you must do.',
  },
  'request-changes': {
    title: 'Changes requested',
    turn: '**It is the contributor’s turn.** A triager asks for changes; please make them and push.',
  },
};
