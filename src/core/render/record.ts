import type { Layers, MeaningState } from '../duplicates/layers.ts';
import { codeSpan, escapeText } from '../escape.ts';
import type { Spent } from '../judge/spent.ts';
import { thousands } from '../limits.ts';
import { linkTo } from '../links.ts';
import { placeOf } from '../plan/facts.ts';
import type { ReviewFacts } from '../plan/facts.ts';
import { linkCommit } from './place.ts';
import { count } from './words.ts';

/** What was looked at, against what, and what it cost so far. True for the moment when it was written. */
export function renderRecord(facts: Pick<ReviewFacts, 'pullRequest' | 'settings' | 'spent' | 'layers'>): string {
  const { pullRequest, spent, settings } = facts;
  const place = placeOf(facts);
  const app = linkTo(settings.host, { type: 'app', slug: settings.appSlug }, 'Assay');
  const head = linkCommit(place, pullRequest.headSha);
  const base = `${codeSpan(pullRequest.baseRef)} at ${linkCommit(place, pullRequest.baseSha)}`;
  return `<sub>${app} looked at ${head}, with ${base} as its base. Duplicates were looked for ${layersOf(facts.layers)}.${costs(spent)}</sub>`;
}

/** What was at work, so that nobody takes silence for more than it is. */
function layersOf({ meaning, judge }: Layers = {}): string {
  const byMeaning = meaning === undefined ? '' : ` and ${meaningWords(meaning)}`;
  const byJudge =
    judge === undefined ? '' : `; the judge was asked about ${count(judge.asked, 'pair')} and could tell ${judge.told}`;
  return `by words${meaning === undefined && judge === undefined ? ' alone' : ''}${byMeaning}${byJudge}`;
}

function meaningWords(meaning: MeaningState): string {
  if (meaning.type === 'failed') return `not by meaning this time (${escapeText(meaning.reason, 200)})`;
  const rest =
    meaning.known < meaning.total
      ? `, of which ${thousands(meaning.known)} of ${thousands(meaning.total)} examples of the taxonomy are known so far`
      : '';
  return `by meaning (${escapeText(meaning.model, 100)}${rest})`;
}

function costs({ tokens, dollars = 0 }: Spent = { tokens: 0 }): string {
  if (tokens === 0) return '';
  // Up, and never to nothing: what costs little still costs.
  const money = dollars > 0 ? ` ($${(Math.ceil(dollars * 100) / 100).toFixed(2)} at most)` : '';
  return ` ${thousands(tokens)} tokens were spent on this pull request so far${money}.`;
}

/**
 * The text with one word for every other commit than the head that it links to. A permanent link to a file of the taxonomy stays
 * right when the base branch moves on: that the line is the same at a later commit is no reason to write again.
 */
export const withoutOtherCommits = (text: string, headSha: string): string =>
  text.replaceAll(/\/blob\/([0-9a-f]{40})\//g, (link, sha: string) => (sha === headSha ? link : '/blob/another/'));

/** The text without that line. A base branch that moved on is no reason to edit a comment. */
export const withoutRecord = (body: string): string =>
  body
    .split('\n')
    .filter(line => !line.startsWith('<sub>'))
    .join('\n');
