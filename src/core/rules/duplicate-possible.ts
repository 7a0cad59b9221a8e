import type { Match } from '../duplicates/overlap.ts';
import { exampleKey, wholeKey } from '../duplicates/example-key.ts';
import type { Concern } from '../finding.ts';
import { HOW_TO_DISPUTE, likenessWords, namePullRequest, relatedTo, wasFirst } from './duplicate-words.ts';
import { lookElsewhere } from './elsewhere.ts';
import type { LeafElsewhere } from './elsewhere.ts';
import { inCode } from './in-code.ts';
import type { Facts, Rule } from './rule.ts';

/** Of one leaf, more are counted. */
const MAX_TOLD = 5;

/** An example that seems to be there already, written differently. Whether it is, a person must say. */
export const possibleDuplicate: Rule = {
  doc: {
    id: 'duplicate/possible',
    severity: 'question',
    why: 'An example of the taxonomy or of an earlier pull request asks much the same, in other words or written differently. Assay compares words and cannot tell whether yours teaches something else, so a triager looks at both.',
    remedy:
      'Compare the two. If yours adds nothing, replace it by an example that differs. If it does, `/assay dispute` with the id of the finding and a word on how they differ settles it sooner.',
    waiver: 'triage',
    upstream: 'Nothing automatic.',
  },
  check: (contribution, facts) =>
    lookElsewhere(contribution, facts).leaves.flatMap(leaf => {
      const likely = likelyIn(leaf, facts);
      const rest = likely.length - MAX_TOLD;
      const more = rest > 0 ? ` (And ${rest} more like this in the file.)` : '';
      return likely
        .slice(0, MAX_TOLD)
        .map((match, index) => concernOf(match, leaf, facts, index === MAX_TOLD - 1 ? more : ''));
    }),
};

/** One match for each example: the nearest that was there first, unless its whole leaf is told of as one topic. */
function likelyIn({ overlaps, links }: LeafElsewhere, facts: Facts): readonly Match[] {
  const told = new Set(links.map(({ path, pullRequest }) => `${pullRequest?.number ?? ''}:${path}`));
  const matches = overlaps
    .filter(({ other }) => !told.has(`${other.pullRequest?.number ?? ''}:${other.path}`))
    .flatMap(overlap => overlap.matches);
  // An equal one is told as that, and says more.
  const equal = new Set(matches.filter(({ verdict }) => verdict.type === 'duplicate').map(({ example }) => example));
  const first = new Map<string, Match>();
  for (const match of matches) {
    if (match.verdict.type !== 'possible-duplicate' || equal.has(match.example) || !wasFirst(match, facts)) continue;
    const key = wholeKey(match.example);
    const known = first.get(key);
    if (known === undefined || (known.near.pullRequest && match.near.pullRequest === undefined)) first.set(key, match);
  }
  return [...first.values()].toSorted((a, b) => a.example.question.line - b.example.question.line);
}

function concernOf(match: Match, { path }: LeafElsewhere, facts: Facts, more: string): Concern {
  const { example, near, verdict } = match;
  const where =
    near.pullRequest === undefined ? `the taxonomy, in ${inCode(near.path)}` : namePullRequest(near.pullRequest, facts);
  return {
    rule: possibleDuplicate.doc.id,
    severity: possibleDuplicate.doc.severity,
    message: `This may be an example that is there already, in ${where}: ${likenessWords[verdict.likeness]}. If yours teaches something else, ${HOW_TO_DISPUTE}; otherwise replace it.${more}`,
    location: {
      path,
      line: example.question.line,
      column: example.question.column,
      endLine: example.question.endLine,
    },
    yamlPath: example.question.yamlPath,
    flagged: exampleKey(example),
    related: [relatedTo(match)],
  };
}
