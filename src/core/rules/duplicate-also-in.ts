import { wasFirst } from './duplicate-words.ts';
import { isEarlier, leafOf } from './duplicate-same-topic.ts';
import { lookElsewhere } from './elsewhere.ts';
import type { Rule } from './rule.ts';

/** Pull requests and places that are named; the rest are counted. */
const MAX_NAMED = 8;
const MAX_PLACES = 3;

/** Later pull requests have the topic, or an example, of this one. Told where it disturbs nobody: see `isForCommentOnly`. */
export const alsoIn: Rule = {
  doc: {
    id: 'duplicate/also-in',
    severity: 'note',
    why: 'A later pull request is about the same topic or has the same examples. That is asked there.',
    remedy: 'Nothing. Whoever reviews this one may want to look at both.',
    waiver: 'triage',
    upstream: 'Nothing automatic.',
  },
  check: (contribution, facts) => {
    const elsewhere = lookElsewhere(contribution, facts);
    return elsewhere.leaves.flatMap(leaf => {
      const later = leaf.links.filter(link => !isEarlier(link, leaf, facts));
      const copies = leaf.overlaps.filter(({ matches }) => matches.some(match => !wasFirst(match, facts)));
      const known = new Set(leaf.links.map(({ pullRequest }) => pullRequest?.number));
      const others = copies.flatMap(({ other: { pullRequest } }) =>
        pullRequest === undefined || known.has(pullRequest.number) ? [] : pullRequest,
      );
      const numbers = [
        ...new Set([...later.flatMap(({ pullRequest }) => pullRequest ?? []), ...others].map(({ number }) => number)),
      ];
      if (numbers.length === 0) return [];
      const named = numbers
        .toSorted((a, b) => a - b)
        .slice(0, MAX_NAMED)
        .map(number => `#${number}`);
      const more = numbers.length > MAX_NAMED ? ` and ${numbers.length - MAX_NAMED} more` : '';
      return {
        rule: alsoIn.doc.id,
        severity: alsoIn.doc.severity,
        message: `Also in ${named.join(', ')}${more}, which came later: the same topic, or some of these examples. A triager is asked there; there is nothing to do here.`,
        location: { path: leaf.path, line: 1, column: 1 },
        yamlPath: '.',
        related: later.slice(0, MAX_PLACES).map(leafOf),
      };
    });
  },
};
