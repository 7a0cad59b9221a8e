import type { Contribution } from '../../../src/core/contribution.ts';
import { textOf } from '../../../src/core/duplicates/comparable.ts';
import { exampleKey, wholeKey } from '../../../src/core/duplicates/example-key.ts';
import type { Neighbourhood } from '../../../src/core/duplicates/example-key.ts';
import { placeKey } from '../../../src/core/duplicates/open-leaf.ts';
import { parseFiles } from '../../../src/core/parse/contribution.ts';
import { addedFiles } from './sound-leaf.ts';

type Texts = Readonly<Record<string, string>>;

const rival = { number: 5, authorId: 50, authorLogin: 'sam-roe', seenAt: '2024-05-01T12:00:00Z' };

/**
 * What an index that knows the base and one rival, both small, says of a contribution: everything is nominated for everything.
 * `seenAt`: when all that the contribution holds was first seen in it, if the case says so.
 */
export function neighbourhoodIn(
  { leaves }: Contribution,
  baseTexts: Texts,
  rivalTexts: Texts,
  seenAt: string | undefined,
): Neighbourhood {
  const rivalLeaves = parseFiles(addedFiles(rivalTexts)).leaves;
  const places = [
    ...parseFiles(addedFiles(baseTexts)).leaves.map(leaf => ({ leaf, sha: 'base' })),
    ...rivalLeaves.map(leaf => ({ leaf, sha: 'head of 5', pullRequest: rival })),
  ];
  const known = places.flatMap(({ leaf: { path, examples }, ...place }) =>
    examples.map(example => ({ example, path, line: example.question.line, ...place })),
  );
  const near = known.map(({ example, ...place }) => ({ ...textOf(example), ...place, sharedBands: 0, weight: 0 }));
  const keys = leaves.flatMap(({ path, examples }) => [placeKey(path), ...examples.map(exampleKey)]);
  return {
    neighbours: known.map(({ example, ...place }) => ({ key: exampleKey(example), ...place })),
    seenAt: new Map(seenAt === undefined ? [] : keys.map(key => [key, seenAt])),
    near: new Map(leaves.flatMap(({ examples }) => examples.map(example => [wholeKey(example), near]))),
    openLeaves: rivalLeaves.map(({ path, examples }) => ({
      path,
      examples: examples.length,
      sha: 'head of 5',
      pullRequest: rival,
    })),
  };
}
