import type { Leaf } from '../../src/core/contribution.ts';
import { textOf } from '../../src/core/duplicates/comparable.ts';
import { wholeKey } from '../../src/core/duplicates/example-key.ts';
import { compareLeaves } from '../../src/core/duplicates/overlap.ts';
import { topicFinder } from '../../src/core/duplicates/same-topic.ts';
import { lowDiversity } from '../../src/core/rules/duplicate-low-diversity.ts';
import { factsAbout } from '../../test/core/rules/sound-leaf.ts';

/** What would be said of files that people accepted, had each come last: every word of it is a false alarm. */
export type Alarms = {
  readonly leaves: number;
  readonly examples: number;
  readonly duplicate: number;
  readonly possible: number;
  readonly topic: number;
  readonly template: number;
  readonly lowDiversity: number;
};

/** Compares each accepted leaf with all the others. Counts leaves, each once in a column. */
export function measureAlarms(accepted: readonly Leaf[]): Alarms {
  const count = { duplicate: 0, possible: 0, topic: 0, template: 0, lowDiversity: 0 };
  for (const leaf of accepted) {
    const others = accepted.filter(other => other !== leaf);
    const near = others.flatMap(({ path, examples }) =>
      examples.map(example => ({
        ...textOf(example),
        path,
        line: example.question.line,
        sha: 'base',
        sharedBands: 0,
        weight: 0,
      })),
    );
    const [compared] = compareLeaves([{ leaf, brought: leaf.examples }], {
      near: new Map(leaf.examples.map(example => [wholeKey(example), near])),
    });
    if (compared === undefined) continue;
    const matches = compared.overlaps.flatMap(overlap => overlap.matches);
    const { linksOf } = topicFinder({
      taxonomy: { sha: 'base', files: new Map(others.map(({ path, blobSha }) => [path, blobSha])) },
      openLeaves: [],
      files: [{ path: leaf.path, status: 'added', blobSha: leaf.blobSha }],
    });
    if (matches.some(({ verdict }) => verdict.type === 'duplicate')) count.duplicate++;
    if (matches.some(({ verdict }) => verdict.type === 'possible-duplicate')) count.possible++;
    if (linksOf(leaf.path, compared).length > 0) count.topic++;
    if (compared.overlaps.some(({ siblings }) => siblings.length >= 4)) count.template++;
    const contribution = { leaves: [leaf], attributions: [], account: [], concerns: [] };
    if (lowDiversity.check(contribution, factsAbout([])).length > 0) count.lowDiversity++;
  }
  return {
    leaves: accepted.length,
    examples: accepted.reduce((sum, { examples }) => sum + examples.length, 0),
    ...count,
  };
}
