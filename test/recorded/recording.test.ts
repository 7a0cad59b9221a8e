import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { daysOf } from '../../src/recorded/backtest.ts';
import { recordedSource } from '../../src/recorded/recorded-github.ts';
import { readRecording } from '../../src/recorded/recording.ts';
import { blobSha, soundSkill } from '../core/rules/sound-leaf.ts';
import { writeSmallRecording } from './small-recording.ts';

const repository = { id: 1, owner: 'recorded', name: 'taxonomy' };

describe('a small recording', () => {
  test('gives each pull request with its files, and the taxonomy of its day', async () => {
    const source = recordedSource(await readRecording(writeSmallRecording()));
    const first = await source.loadPullRequest({ repository, number: 1 });
    expect(first).toMatchObject({
      author: { login: 'jo' },
      createdAt: '2024-05-01T12:00:00.000Z',
      baseSha: 'base-one',
      commits: { total: 1, listed: [{ sha: 'c', subject: 'Add', signOff: 'own', isMerge: false }] },
    });
    expect(first?.files.map(({ path, status, blobSha: sha, diffLines }) => [path, status, sha, diffLines])).toEqual([
      ['compositional_skills/writing/limericks/qna.yaml', 'added', blobSha(soundSkill), [{ start: 1, end: 14 }]],
      ['compositional_skills/writing/limericks/attribution.txt', 'added', expect.any(String), [{ start: 1, end: 4 }]],
    ]);
    const before = await source.loadTaxonomy(repository, 'base-one');
    expect([...before.files.keys()]).toEqual(['knowledge/README.md']);
    const after = await source.loadTaxonomy(repository, 'base-two');
    expect([...after.files.keys()]).toEqual(first?.files.map(({ path }) => path));
    const blobs = await source.loadBlobs(repository, [...after.files.values(), 'nothing']);
    expect([...blobs.values()].map(bytes => Buffer.from(bytes).toString())).toEqual([soundSkill, expect.any(String)]);
  });

  test('one that was not recorded is gone', async () => {
    const source = recordedSource(await readRecording(writeSmallRecording()));
    expect(await source.loadPullRequest({ repository, number: 99 })).toBeUndefined();
  });

  test('days come in order; with a number, only that one is wanted and later ones are left out', async () => {
    const recording = await readRecording(writeSmallRecording());
    const days = [...daysOf(recording, 2)].map(({ ref, isWanted }) => [ref.number, isWanted]);
    expect(days).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(() => [...daysOf(recording, 12)]).toThrow('Pull request 12 is not among the 4 that were recorded.');
  });

  test('says which file is missing, and which line does not fit', async () => {
    const folder = writeSmallRecording();
    writeFileSync(join(folder, 'prs.jsonl.gz'), gzipSync('{"number":"one"}\n'));
    await expect(readRecording(folder)).rejects.toThrow(/prs\.jsonl\.gz, line 1: /);
    rmSync(join(folder, 'bases.jsonl.gz'));
    await expect(readRecording(folder)).rejects.toThrow(/There is no .*bases\.jsonl\.gz\. Is it a folder of recorded/);
  });
});

const real = join(import.meta.dirname, '../../../shared/taxonomy-prs');

test.skipIf(!existsSync(real))(
  'the recorded pull requests of instructlab/taxonomy, when they are at hand',
  async () => {
    const recording = await readRecording(real);
    expect(recording.pullRequests).toHaveLength(576);
    const source = recordedSource(recording);
    const incomplete: number[] = [];
    for (const { number } of recording.pullRequests) {
      const pullRequest = await source.loadPullRequest({ repository, number });
      const isRead = pullRequest?.files.every(
        ({ content, diffLines }) => content === undefined || diffLines !== undefined,
      );
      const hasTaxonomy = recording.treeOf(pullRequest?.baseSha ?? '').size > 0;
      if (isRead !== true || !hasTaxonomy) incomplete.push(number);
    }
    expect(incomplete).toEqual([]);
  },
);
