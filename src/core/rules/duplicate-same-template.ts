import type { Concern } from '../finding.ts';
import { MIN_ALIKE, MIN_SHARE, noteAt } from './duplicate-words.ts';
import { lookElsewhere } from './elsewhere.ts';
import type { LeafElsewhere } from './elsewhere.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** The examples of a leaf follow those of another leaf, filled in. */
export const sameTemplate: Rule = {
  doc: {
    id: 'duplicate/same-template',
    severity: 'note',
    why: 'Most questions of this leaf have the frame of those in another leaf, filled in differently. They may belong there.',
    remedy: 'Look at the other leaf; if yours are more of the same, add them there. Nothing has to change.',
    waiver: 'triage',
    upstream: 'Nothing automatic.',
  },
  check: (contribution, facts) =>
    lookElsewhere(contribution, facts).leaves.flatMap(leaf => {
      const told = new Set(leaf.links.map(({ path, pullRequest }) => `${pullRequest?.number ?? ''}:${path}`));
      const like = leaf.overlaps
        .filter(({ other }) => !told.has(`${other.pullRequest?.number ?? ''}:${other.path}`))
        .toSorted((a, b) => b.siblings.length + b.matches.length - a.siblings.length - a.matches.length)[0];
      return like === undefined ? [] : follow(leaf, like);
    }),
};

function follow(
  { path, brought }: LeafElsewhere,
  { other, siblings, matches }: LeafElsewhere['overlaps'][number],
): readonly Concern[] {
  const [first] = siblings;
  const count = siblings.length + matches.length;
  if (first === undefined || count < MIN_ALIKE || count < MIN_SHARE * brought.length) return [];
  const { pullRequest } = other;
  const where =
    pullRequest === undefined
      ? `the taxonomy’s ${inCode(other.path)}`
      : `${inCode(other.path)} in #${pullRequest.number}`;
  const message = `${count} of the ${brought.length} questions here have the frame of those in ${where}, filled in differently. If they are more of the same, they belong there.`;
  const { line, sha } = first.near;
  return [
    {
      ...noteAt(sameTemplate.doc.id, path, first.example, message),
      related: [
        {
          label: pullRequest === undefined ? 'the one in the taxonomy' : `#${pullRequest.number}`,
          path: other.path,
          line,
          sha,
          ...(pullRequest && { pullRequest: pullRequest.number }),
          compared: { here: first.example.question.value, there: first.near.question },
        },
      ],
    },
  ];
}
