import { baseExamples } from '../duplicates/base-examples.ts';
import { placedExamples, questionLocation, sharedText } from '../duplicates/placed-example.ts';
import { rivalsByKey, sightOf } from '../duplicates/rivals.ts';
import type { Rival } from '../duplicates/rivals.ts';
import { isSameAccount } from '../same-account.ts';
import type { Facts, Rule } from './rule.ts';

/** More pull requests than this are counted, not named. */
const MAX_NAMED = 3;

/**
 * Another open pull request has the example. Never an error: otherwise anybody could make a stranger's pull request red by
 * opening a copy of it.
 */
export const inPullRequest: Rule = {
  doc: {
    id: 'duplicate/in-pull-request',
    severity: 'question',
    why: 'Two open pull requests hold the same question with the same context. Only one of them can be taken; a triager decides which.',
    remedy:
      'If the other pull request is yours too, close one of the two. If it is not, say in a comment how yours differs, or replace the example.',
    waiver: 'triage',
    upstream: 'Nothing automatic.',
  },
  check: (contribution, facts) => {
    const { stoodIn, elsewhere } = baseExamples(facts.neighbourhood, facts.pullRequest.files);
    const rivalsOf = rivalsByKey(facts.neighbourhood);
    return placedExamples(contribution).flatMap(placed => {
      // Two pull requests that add to one leaf share all that it held before; and what the taxonomy has already is told as that.
      if (stoodIn(placed) || elsewhere(placed) !== undefined) return [];
      const rivals = rivalsOf(placed.key).filter(({ pullRequest }) => pullRequest.number !== facts.pullRequest.number);
      if (rivals.length === 0) return [];
      return {
        rule: inPullRequest.doc.id,
        severity: inPullRequest.doc.severity,
        message: `${sharedText(placed)} is also ${tell(rivals, placed.key, facts)}`,
        location: questionLocation(placed),
        yamlPath: placed.example.question.yamlPath,
        flagged: placed.key,
        related: rivals.slice(0, MAX_NAMED).map(({ path, line, sha, pullRequest: { number } }) => ({
          label: `#${number}`,
          path,
          line,
          sha,
          pullRequest: number,
        })),
      };
    });
  },
};

function tell(rivals: readonly Rival[], key: string, { pullRequest, neighbourhood }: Facts): string {
  const isOwn = ({ pullRequest: { authorId } }: Rival) => isSameAccount(authorId, pullRequest.author?.id);
  const strangers = rivals.filter(rival => !isOwn(rival));
  const named = strangers.length > 0 ? strangers : rivals;
  const [oldest] = named;
  if (oldest === undefined) return '';
  const others = named.slice(1, MAX_NAMED).map(({ pullRequest: { number } }) => `#${number}`);
  const more = named.length > MAX_NAMED ? ` and ${named.length - MAX_NAMED} more` : '';
  const also = others.length > 0 ? ` (and in ${others.join(', ')}${more})` : '';
  const { number, authorLogin } = oldest.pullRequest;
  if (strangers.length === 0)
    return `in your own open pull request #${number}${also}: this looks like a resubmission. Close the one that you no longer need.`;
  return `in #${number} by ${authorLogin}${also}. ${whoWasFirst(oldest, key, pullRequest.number, neighbourhood)}`;
}

function whoWasFirst(
  rival: Rival,
  key: string,
  number: number | undefined,
  { seenAt }: Facts['neighbourhood'],
): string {
  const own = seenAt.get(key);
  const [ourSight, theirSight] = [sightOf(own), sightOf(rival.pullRequest.seenAt)];
  const isOurs = ourSight === theirSight ? (number ?? Infinity) < rival.pullRequest.number : ourSight < theirSight;
  const ours = number === undefined ? 'this pull request' : `#${number}, this one`;
  const theirs = `#${rival.pullRequest.number}`;
  return isOurs
    ? `Seen first in ${ours}${dayOf(own)}, then in ${theirs}.`
    : `Seen first in ${theirs}${dayOf(rival.pullRequest.seenAt)}, then in ${ours}.`;
}

const dayOf = (seenAt: string | undefined): string =>
  Number.isFinite(sightOf(seenAt)) ? ` (${new Date(sightOf(seenAt)).toISOString().slice(0, 10)})` : '';
