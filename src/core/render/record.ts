import { codeSpan } from '../escape.ts';
import type { Spent } from '../judge/spent.ts';
import { thousands } from '../limits.ts';
import { linkTo } from '../links.ts';
import { placeOf } from '../plan/facts.ts';
import type { ReviewFacts } from '../plan/facts.ts';
import { linkCommit } from './place.ts';

/** What was looked at, against what, and what it cost so far. True for the moment when it was written. */
export function renderRecord(facts: Pick<ReviewFacts, 'pullRequest' | 'settings' | 'spent'>): string {
  const { pullRequest, spent, settings } = facts;
  const place = placeOf(facts);
  const app = linkTo(settings.host, { type: 'app', slug: settings.appSlug }, 'Assay');
  const head = linkCommit(place, pullRequest.headSha);
  const base = `${codeSpan(pullRequest.baseRef)} at ${linkCommit(place, pullRequest.baseSha)}`;
  return `<sub>${app} looked at ${head}, with ${base} as its base.${costs(spent)}</sub>`;
}

function costs({ tokens, dollars = 0 }: Spent = { tokens: 0 }): string {
  if (tokens === 0) return '';
  // Up, and never to nothing: what costs little still costs.
  const money = dollars > 0 ? ` ($${(Math.ceil(dollars * 100) / 100).toFixed(2)} at most)` : '';
  return ` ${thousands(tokens)} tokens were spent on this pull request so far${money}.`;
}

/** The text without that line. A base branch that moved on is no reason to edit a comment. */
export const withoutRecord = (body: string): string =>
  body
    .split('\n')
    .filter(line => !line.startsWith('<sub>'))
    .join('\n');
