import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Leaf, SeedExample } from '../../src/core/contribution.ts';
import { parseQna } from '../../src/core/parse/qna.ts';
import { readRecording } from '../../src/recorded/recording.ts';
import type { Recording } from '../../src/recorded/recording.ts';

const end = z.object({ pr: z.number(), path: z.string(), sha256: z.string() });
const examplePair = z.object({
  a: end.extend({ example: z.number() }),
  b: end.extend({ example: z.number() }),
  label: z.enum(['same', 'same-question-other-answer', 'reworded', 'same-topic', 'unrelated']),
});
const contributionPair = z.object({ a: end, b: end, duplicate: z.enum(['yes', 'partial', 'no']), why: z.string() });

/** One side of a labelled pair of files. */
export type End = z.infer<typeof end>;
export type ContributionPair = z.infer<typeof contributionPair>;
/** Two examples and what a reader called them. */
export type ExamplePair = {
  readonly a: SeedExample;
  readonly b: SeedExample;
  readonly pullRequests: readonly [number, number];
  readonly label: z.infer<typeof examplePair>['label'];
};

/** What people labelled, and the recorded pull requests that it is about. */
export type Labelled = {
  readonly recording: Recording;
  readonly examplePairs: readonly ExamplePair[];
  /** Pairs whose example does not stand where the label says, as this reader counts. */
  readonly lostPairs: number;
  readonly contributionPairs: readonly ContributionPair[];
  /** Leaves that people had accepted. */
  readonly accepted: readonly Leaf[];
  readonly leafOf: (path: string, sha256: string) => Leaf | undefined;
};

/** Reads a folder of recorded pull requests with labels. `part` is the name of the part in the file names: `dev`. */
export async function readLabelled(folder: string, part: string): Promise<Labelled> {
  const recording = await readRecording(folder);
  const leaves = new Map<string, Leaf | undefined>();
  const leafOf = (path: string, sha256: string): Leaf | undefined => {
    const key = `${sha256} ${path}`;
    if (!leaves.has(key)) {
      const blob = recording.blobOf(sha256);
      leaves.set(key, blob && parseQna(path, blob.gitId, blob.bytes, { suggestions: 'none' }).leaf);
    }
    return leaves.get(key);
  };
  const labels = linesOf(join(folder, `example-pairs-labelled-${part}.jsonl`)).map(line => examplePair.parse(line));
  const examplePairs = labels.flatMap(({ a, b, label }): readonly ExamplePair[] => {
    const one = leafOf(a.path, a.sha256)?.examples[a.example];
    const other = leafOf(b.path, b.sha256)?.examples[b.example];
    return one === undefined || other === undefined ? [] : [{ a: one, b: other, pullRequests: [a.pr, b.pr], label }];
  });
  const acceptedFile = z.object({ path: z.string(), sha256: z.string(), text: z.string() });
  return {
    recording,
    examplePairs,
    lostPairs: labels.length - examplePairs.length,
    contributionPairs: linesOf(join(folder, `contribution-pairs-labelled-${part}.jsonl`)).map(line =>
      contributionPair.parse(line),
    ),
    accepted: linesOf(join(folder, 'accepted.jsonl.gz'))
      .map(line => acceptedFile.parse(line))
      .filter(({ path }) => path.endsWith('/qna.yaml'))
      .flatMap(
        ({ path, sha256, text }) => parseQna(path, sha256, Buffer.from(text), { suggestions: 'none' }).leaf ?? [],
      ),
    leafOf,
  };
}

function linesOf(path: string): readonly unknown[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}
