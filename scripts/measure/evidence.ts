import { join } from 'node:path';
import { z } from 'zod';
import { noNeighbourhood } from '../../src/core/duplicates/example-key.ts';
import type { Finding } from '../../src/core/finding.ts';
import { identify } from '../../src/core/finding.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import type { ChangedFile } from '../../src/core/pull-request.ts';
import { checkContribution } from '../../src/core/rules/index.ts';
import { startParser } from '../../src/parser/index.ts';
import { daysOf } from '../../src/recorded/backtest.ts';
import { readLines } from '../../src/recorded/lines.ts';
import { readRecording } from '../../src/recorded/recording.ts';
import { reviewPullRequest } from '../../src/review.ts';
import { createExamplesInMemory } from '../../src/store/examples-in-memory.ts';

/** Files that were contributed together, and what is found in them. */
export type Reviewed = {
  /** Of the pull request; 0 for the accepted files. */
  readonly number: number;
  readonly title: string;
  readonly files: readonly ChangedFile[];
  readonly findings: readonly Finding[];
};

/** Reviews every recorded pull request in the order of their numbers, each against the taxonomy of its day. */
export async function* reviewRecorded(folder: string): AsyncGenerator<Reviewed, void, undefined> {
  const recording = await readRecording(folder);
  const parser = startParser({ suggestions: 'none' });
  const ports = { examples: createExamplesInMemory(), parse: parser.parse };
  const settings = { host: 'https://github.com', appSlug: 'assay', judgeKey: '' };
  try {
    for (const { ref, github, now } of daysOf(recording)) {
      const pullRequest = await github.loadPullRequest(ref);
      const reviewed = await reviewPullRequest(ref, { ...ports, github, now }, settings);
      if (reviewed.type !== 'published' || pullRequest === undefined) continue;
      const { number, title, files } = pullRequest;
      yield { number, title, files, findings: reviewed.verdict.findings };
    }
  } finally {
    await parser.close();
  }
}

const acceptedSchema = z.object({ path: z.string(), sha256: z.string(), text: z.string() });

/** The files that people had accepted, each held to the schema version that it names: they are older than the newest one. */
export async function reviewAccepted(folder: string): Promise<Reviewed> {
  const files: ChangedFile[] = [];
  for await (const { path, sha256, text } of readLines(join(folder, 'accepted.jsonl.gz'), acceptedSchema))
    files.push({ path, status: 'added', blobSha: sha256, content: { type: 'bytes', bytes: Buffer.from(text) } });
  const parser = startParser({ suggestions: 'none', schemaVersion: 'document' });
  try {
    const contribution = await parser.parse(files);
    const concerns = checkContribution(contribution, {
      pullRequest: { headSha: '', files },
      taxonomy: { sha: '', files: new Map() },
      neighbourhood: noNeighbourhood,
      policy: defaultPolicy,
    });
    return { number: 0, title: 'Accepted files', files, findings: identify([...contribution.concerns, ...concerns]) };
  } finally {
    await parser.close();
  }
}
