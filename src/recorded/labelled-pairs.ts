import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const end = z.object({ pr: z.int().positive(), path: z.string() });
const exampleEnd = end.extend({ example: z.int().nonnegative() });
const contributionPair = z.object({ a: end, b: end, duplicate: z.string() });
const examplePair = z.object({ a: exampleEnd, b: exampleEnd, label: z.string() });

/** A file of a recorded pull request, or one example of it: its place among all of the file's, from 0. */
export type LabelledEnd = { readonly pr: number; readonly path: string; readonly example?: number };

/** Two of them, the earlier pull request first, and what a reader called them. */
export type LabelledPair = {
  readonly kind: 'contribution' | 'example';
  readonly label: string;
  readonly earlier: LabelledEnd;
  readonly later: LabelledEnd;
};

/** The labelled pairs of a folder: `contribution-pairs-labelled*.jsonl` and `example-pairs-labelled*.jsonl`; none where there are none. */
export async function readLabelledPairs(folder: string): Promise<readonly LabelledPair[]> {
  const names = (await readdir(folder)).toSorted();
  const rows = async <T>(prefix: string, schema: z.ZodType<T>): Promise<readonly T[]> => {
    const files = names.filter(name => name.startsWith(prefix) && name.endsWith('.jsonl'));
    const texts = await Promise.all(files.map(name => readFile(join(folder, name), 'utf8')));
    const lines = texts.flatMap(text => text.split('\n')).filter(line => line !== '');
    return lines.map(line => schema.parse(JSON.parse(line)));
  };
  const contributions = await rows('contribution-pairs-labelled', contributionPair);
  const examples = await rows('example-pairs-labelled', examplePair);
  return [
    ...contributions.map(({ a, b, duplicate }) => ({
      kind: 'contribution' as const,
      label: duplicate,
      ...inOrder(a, b),
    })),
    ...examples.map(({ a, b, label }) => ({ kind: 'example' as const, label, ...inOrder(a, b) })),
  ];
}

const inOrder = (a: LabelledEnd, b: LabelledEnd) =>
  a.pr <= b.pr ? { earlier: a, later: b } : { earlier: b, later: a };
