import { leafNode } from '../contribution.ts';
import type { Concern, Related } from '../finding.ts';
import { exampleKey } from '../duplicates/example-key.ts';
import { placeKey } from '../duplicates/open-leaf.ts';
import { compareSights } from '../duplicates/same-topic.ts';
import type { TopicLink } from '../duplicates/same-topic.ts';
import { sightOf } from '../duplicates/rivals.ts';
import { isSameAccount } from '../same-account.ts';
import { HOW_TO_DISPUTE, dayOf, namePullRequest, relatedTo } from './duplicate-words.ts';
import { lookElsewhere } from './elsewhere.ts';
import type { Elsewhere, LeafElsewhere } from './elsewhere.ts';
import { inCode } from './in-code.ts';
import type { Facts, Rule } from './rule.ts';

/** Pull requests and pairs of examples that are named; the rest are counted. */
const MAX_NAMED = 8;
const MAX_PAIRS = 3;
const MAX_PLACES = 2;

/**
 * A leaf of the taxonomy, or of a pull request that came first, is about the same topic. Never an error: otherwise anybody could
 * block a stranger's leaf node by opening one of that name.
 */
export const sameTopic: Rule = {
  doc: {
    id: 'duplicate/same-topic',
    severity: 'question',
    why: 'Somebody has offered a leaf about this topic before: in the same leaf node, in one of the same name elsewhere, or with the same examples. “Duplicate topic” is what reviewers refuse most often.',
    remedy:
      'Look at the other leaf. Bring what it lacks there instead, or withdraw this one; if both have their place, say in a comment how they differ, or dispute the finding.',
    waiver: 'triage',
    upstream:
      'Nothing automatic: two pull requests that add one leaf node only meet as a conflict once one of them is merged.',
    frequency: 'The reason that reviewers give most often in words: 8 of 44 recorded refusals.',
  },
  check: (contribution, facts) => {
    const elsewhere = lookElsewhere(contribution, facts);
    return elsewhere.leaves.flatMap(leaf => {
      const earlier = leaf.links.filter(link => isEarlier(link, leaf, facts));
      const [first] = earlier;
      return first === undefined ? [] : concernOf(first, earlier, leaf, elsewhere, facts);
    });
  },
};

function concernOf(
  first: TopicLink,
  earlier: readonly TopicLink[],
  leaf: LeafElsewhere,
  elsewhere: Elsewhere,
  facts: Facts,
): Concern {
  const { pullRequest } = first;
  const isOwn = pullRequest !== undefined && isSameAccount(pullRequest.authorId, facts.pullRequest.author?.id);
  const { list, size } = nameGroup(leaf, earlier, elsewhere, facts);
  // Equal ones need no second look, and are told of on their own lines.
  const compared = first.matches.filter(({ verdict }) => verdict.type === 'possible-duplicate');
  const group = size > 2 ? ` ${size} open pull requests are about this topic: ${list}.` : '';
  const advice = isOwn
    ? 'This looks like a resubmission: close the one that you no longer need.'
    : `Please bring what that one lacks there, or withdraw yours; if both have their place, ${HOW_TO_DISPUTE}.`;
  return {
    rule: sameTopic.doc.id,
    severity: sameTopic.doc.severity,
    message: `${whatIsShared(first, leaf, facts)}${group} ${advice}`,
    location: { path: leaf.path, line: 1, column: 1 },
    yamlPath: '.',
    flagged: `${pullRequest?.number ?? ''}:${first.path}`,
    // The first few are shown; the others stand behind for whoever reads the finding by machine.
    related: [
      ...earlier.slice(0, MAX_PLACES).map(leafOf),
      ...compared.slice(0, MAX_PAIRS).map(relatedTo),
      ...earlier.slice(MAX_PLACES).map(leafOf),
    ],
  };
}

function whatIsShared(link: TopicLink, { brought }: LeafElsewhere, facts: Facts): string {
  const { pullRequest, path, basis, matches } = link;
  const who = pullRequest === undefined ? 'The taxonomy' : capitalise(namePullRequest(pullRequest, facts));
  const day = dayOf(pullRequest?.seenAt);
  const since = day === '' ? '' : ` (since ${day})`;
  const equal = matches.filter(({ verdict }) => verdict.type === 'duplicate').length;
  const word = equal === 0 ? '' : `, ${equal === matches.length ? 'word for word' : `${equal} of them word for word`}`;
  const examples = matches.length === 0 ? '' : `${matches.length} of the ${brought.length} examples here${word}`;
  if (basis === 'examples') return `${who} has ${examples}, in ${inCode(path)}${since}.`;
  const also = examples === '' ? '' : `, with ${examples}`;
  return basis === 'place'
    ? `${who} has this leaf node already${also}${since}.`
    : `${who} has a leaf node of this name, ${inCode(leafNode(path))}${also}${since}.`;
}

/** All open pull requests about the topic, this one among them, the first first: the same list in all of them. */
function nameGroup(
  { path }: LeafElsewhere,
  links: readonly TopicLink[],
  { clusterOf }: Elsewhere,
  { pullRequest, neighbourhood }: Facts,
): { readonly list: string; readonly size: number } {
  const own = { number: pullRequest.number, seenAt: neighbourhood.seenAt.get(placeKey(path)) };
  const members = [...links, ...clusterOf(path)].flatMap(({ pullRequest }) => pullRequest ?? []);
  const byNumber = new Map<number | undefined, { number?: number | undefined; seenAt?: string | undefined }>();
  for (const member of [own, ...members]) {
    const known = byNumber.get(member.number);
    if (known === undefined || compareSights(member, known) < 0) byNumber.set(member.number, member);
  }
  const group = [...byNumber.values()].toSorted(compareSights);
  const named = group.slice(0, MAX_NAMED).map(({ number }) => (number === undefined ? 'this one' : `#${number}`));
  const more = group.length - named.length;
  return { list: `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`, size: group.length };
}

/** Whether the other leaf was there first: by its examples where they are what both share, else by its path. */
export function isEarlier({ pullRequest, basis, matches }: TopicLink, { path }: LeafElsewhere, facts: Facts): boolean {
  if (pullRequest === undefined) return true;
  const { seenAt } = facts.neighbourhood;
  const own = { number: facts.pullRequest.number };
  if (basis !== 'examples') return compareSights(pullRequest, { ...own, seenAt: seenAt.get(placeKey(path)) }) < 0;
  const theirs = earliest(matches.map(({ near }) => near.pullRequest?.seenAt));
  const ours = earliest(matches.map(({ example }) => seenAt.get(exampleKey(example))));
  return compareSights({ number: pullRequest.number, seenAt: theirs }, { ...own, seenAt: ours }) < 0;
}

const earliest = (dates: readonly (string | undefined)[]): string | undefined =>
  dates.toSorted((a, b) => Math.sign(sightOf(a) - sightOf(b)) || 0)[0];

/** The other leaf, as a place to look at. */
export const leafOf = ({ path, sha, pullRequest }: TopicLink): Related => ({
  label: pullRequest === undefined ? 'the leaf in the taxonomy' : `#${pullRequest.number}`,
  path,
  line: 1,
  sha,
  ...(pullRequest && { pullRequest: pullRequest.number }),
});

const capitalise = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
