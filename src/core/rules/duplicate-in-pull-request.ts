import { baseExamples } from '../duplicates/base-examples.ts';
import { placedExamples, questionLocation, sharedText } from '../duplicates/placed-example.ts';
import { rivalsByKey } from '../duplicates/rivals.ts';
import type { Rival } from '../duplicates/rivals.ts';
import { compareSights } from '../duplicates/same-topic.ts';
import { isSameAccount } from '../same-account.ts';
import { dayOf } from './duplicate-words.ts';
import type { Facts, Rule } from './rule.ts';

/** More pull requests than this are counted, not named. */
const MAX_NAMED = 3;

/**
 * Another open pull request had the example first. Never an error: otherwise anybody could make a stranger's pull request red by
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
      // Whoever was first is not asked: see `alsoIn`.
      const rivals = rivalsOf(placed.key).filter(
        ({ pullRequest: rival }) => rival.number !== facts.pullRequest.number && isBefore(rival, placed.key, facts),
      );
      if (rivals.length === 0) return [];
      return {
        rule: inPullRequest.doc.id,
        severity: inPullRequest.doc.severity,
        message: `${sharedText(placed)} is also ${tell(rivals, facts)}`,
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

/** Whether the text was in the other pull request first. */
const isBefore = (rival: Rival['pullRequest'], key: string, { pullRequest, neighbourhood }: Facts): boolean =>
  compareSights(rival, { number: pullRequest.number, seenAt: neighbourhood.seenAt.get(key) }) < 0;

function tell(rivals: readonly Rival[], { pullRequest }: Facts): string {
  const isOwn = ({ pullRequest: { authorId } }: Rival) => isSameAccount(authorId, pullRequest.author?.id);
  const strangers = rivals.filter(rival => !isOwn(rival));
  const named = strangers.length > 0 ? strangers : rivals;
  const [oldest] = named;
  if (oldest === undefined) return '';
  const others = named.slice(1, MAX_NAMED).map(({ pullRequest: { number } }) => `#${number}`);
  const more = named.length > MAX_NAMED ? ` and ${named.length - MAX_NAMED} more` : '';
  const also = others.length > 0 ? ` (and in ${others.join(', ')}${more})` : '';
  const { number, authorLogin, seenAt } = oldest.pullRequest;
  if (strangers.length === 0)
    return `in your own open pull request #${number}${also}: this looks like a resubmission. Close the one that you no longer need.`;
  const day = dayOf(seenAt);
  const ours = pullRequest.number === undefined ? 'here' : `in #${pullRequest.number}, this one`;
  return `in #${number} by ${authorLogin}${also}. Seen first in #${number}${day === '' ? '' : ` (${day})`}, then ${ours}.`;
}
