import { codeSpan } from '../escape.ts';
import { thousands } from '../limits.ts';
import { linkTo } from '../links.ts';
import { placeOf } from '../plan/facts.ts';
import type { ReviewFacts } from '../plan/facts.ts';
import { linkCommit } from './place.ts';

/** What was looked at, against what, and what it cost so far. True for the moment when it was written. */
export function renderRecord(facts: Pick<ReviewFacts, 'pullRequest' | 'settings' | 'tokens'>): string {
  const { pullRequest, tokens = 0, settings } = facts;
  const place = placeOf(facts);
  const app = linkTo(settings.host, { type: 'app', slug: settings.appSlug }, 'Assay');
  const head = linkCommit(place, pullRequest.headSha);
  const base = `${codeSpan(pullRequest.baseRef)} at ${linkCommit(place, pullRequest.baseSha)}`;
  const cost = tokens > 0 ? ` ${thousands(tokens)} tokens were spent on this pull request so far.` : '';
  return `<sub>${app} looked at ${head}, with ${base} as its base.${cost}</sub>`;
}

/** The text without that line. A base branch that moved on is no reason to edit a comment. */
export const withoutRecord = (body: string): string =>
  body
    .split('\n')
    .filter(line => !line.startsWith('<sub>'))
    .join('\n');
