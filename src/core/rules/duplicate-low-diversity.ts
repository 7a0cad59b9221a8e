import type { SeedExample } from '../contribution.ts';
import { comparableMaker } from '../duplicates/comparable.ts';
import { comparePair } from '../duplicates/pair-verdict.ts';
import { MIN_ALIKE, MIN_SHARE, noteAt } from './duplicate-words.ts';
import type { Rule } from './rule.ts';

/** Pairs inside the leaves of one contribution that are compared, at most. */
const MAX_PAIRS = 5_000;

/** The examples of a leaf are one sentence, filled in. */
export const lowDiversity: Rule = {
  doc: {
    id: 'duplicate/low-diversity',
    severity: 'note',
    why: 'Most questions of this leaf have one frame, filled in differently. The model learns more from examples that also differ in how they ask.',
    remedy: 'If it fits the skill, ask some of them in another way. Nothing has to change.',
    waiver: 'triage',
    upstream: 'Nothing automatic.',
  },
  check: ({ leaves }) => {
    let pairs = 0;
    return leaves.flatMap(({ path, examples }) => {
      const { ofSeed } = comparableMaker();
      const seen: { readonly example: SeedExample; readonly comparable: ReturnType<typeof ofSeed> }[] = [];
      const alike: SeedExample[] = [];
      // One question about many contexts is how grounded skills are made.
      const freeform = examples.filter(({ context }) => context === undefined);
      for (const example of freeform) {
        if ((pairs += seen.length) > MAX_PAIRS) return [];
        const comparable = ofSeed(example);
        const isAlike = seen.some(({ comparable: other }) => {
          const verdict = comparePair(comparable, other);
          // Equal ones are an error of their own.
          return verdict !== undefined && verdict.type !== 'duplicate';
        });
        if (isAlike) alike.push(example);
        seen.push({ example, comparable });
      }
      const [first] = alike;
      // The first of the frame is alike to the others, too.
      const count = alike.length + 1;
      if (first === undefined || count < MIN_ALIKE || count < MIN_SHARE * examples.length) return [];
      return noteAt(
        lowDiversity.doc.id,
        path,
        first,
        `${count} of the ${examples.length} questions here have one frame, filled in differently. Examples that also differ in how they ask teach the model more.`,
      );
    });
  },
};
