import type { Contribution, Leaf } from '../contribution.ts';
import { textOf } from '../duplicates/comparable.ts';
import type { Match, Pair } from '../duplicates/overlap.ts';
import { pairName } from '../duplicates/overlap.ts';
import type { AskedPair } from '../judge/pairs/judge-pairs.ts';
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
      const likely = [...likelyIn(leaf, facts), ...saidToBeSame(leaf, facts)];
      const rest = likely.length - MAX_TOLD;
      const more = rest > 0 ? ` (And ${rest} more like this in the file.)` : '';
      return likely
        .slice(0, MAX_TOLD)
        .map((match, index) => concernOf(match, leaf, facts, index === MAX_TOLD - 1 ? more : ''));
    }),
};

/**
 * The pairs about which the judge may be asked, those first that are alike in words: one for each example, and only with examples
 * of the taxonomy, which everybody may read; what stands in another pull request has not been screened here.
 */
export function pairsToJudge(
  contribution: Contribution,
  facts: Facts,
  mayBeSent: readonly Leaf[],
): readonly AskedPair[] {
  const fit = new Set(mayBeSent.map(({ path }) => path));
  const leaves = lookElsewhere(contribution, facts).leaves.filter(({ path }) => fit.has(path));
  const pairs = [...leaves.flatMap(leaf => likelyIn(leaf, facts)), ...leaves.flatMap(({ nominated }) => nominated)];
  const first = new Map<string, Pair>();
  for (const pair of pairs.filter(({ near }) => near.pullRequest === undefined)) {
    const key = wholeKey(pair.example);
    if (!first.has(key)) first.set(key, pair);
  }
  return [...first.values()].map(pair => ({ name: pairName(pair), here: textOf(pair.example), there: pair.near }));
}

/** One match for each example: the nearest that was there first, unless its whole leaf is told of as one topic. */
function likelyIn({ overlaps, links }: LeafElsewhere, facts: Facts): readonly Match[] {
  const told = toldOf(links);
  const matches = overlaps.filter(({ other }) => !told.has(leafName(other))).flatMap(overlap => overlap.matches);
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

/** Pairs that only a comparison by meaning brought count if the judge found them to be the same. */
function saidToBeSame({ nominated, links, overlaps }: LeafElsewhere, { opinions }: Facts): readonly Match[] {
  const told = toldOf(links);
  const matched = new Set(overlaps.flatMap(({ matches }) => matches.map(({ example }) => example)));
  return nominated
    .filter(pair => opinions?.get(pairName(pair))?.verdict === 'same')
    .filter(({ example, near }) => !matched.has(example) && !told.has(leafName(near)))
    .map(pair => ({ ...pair, verdict: { type: 'possible-duplicate', likeness: 'reworded' } }));
}

const toldOf = (links: LeafElsewhere['links']): ReadonlySet<string> => new Set(links.map(leafName));

const leafName = ({
  path,
  pullRequest,
}: {
  readonly path: string;
  readonly pullRequest?: { readonly number: number };
}) => `${pullRequest?.number ?? ''}:${path}`;

function concernOf(match: Match, { path }: LeafElsewhere, facts: Facts, more: string): Concern {
  const { example, near, verdict } = match;
  const opinion = facts.opinions?.get(pairName(match));
  const where =
    near.pullRequest === undefined ? `the taxonomy, in ${inCode(near.path)}` : namePullRequest(near.pullRequest, facts);
  const what =
    opinion?.verdict === 'different'
      ? `This looks like an example that is there already, in ${where}: ${likenessWords[verdict.likeness]}. The judge read both and says that they differ: “${opinion.here}” here, “${opinion.there}” there.`
      : `This may be an example that is there already, in ${where}: ${likenessWords[verdict.likeness]}.${opinion?.verdict === 'same' ? ' The judge read both and says that they teach the same.' : ''} If yours teaches something else, ${HOW_TO_DISPUTE}; otherwise replace it.`;
  return {
    rule: possibleDuplicate.doc.id,
    severity: opinion?.verdict === 'different' ? 'note' : possibleDuplicate.doc.severity,
    message: `${what}${more}`,
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
