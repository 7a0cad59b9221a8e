import { expect, test } from 'vitest';
import { parseFiles } from '../src/core/parse/contribution.ts';
import { readingKey } from '../src/core/duplicates/example-key.ts';
import type { Job } from '../src/core/job.ts';
import type { Examples, GitHub } from '../src/ports.ts';
import { rehearse } from '../src/recorded/rehearsal.ts';
import { createExamplesInMemory } from '../src/store/examples-in-memory.ts';
import { sweepRepository } from '../src/sweep.ts';
import { blobSha, soundSkill } from './core/rules/sound-leaf.ts';

const repository = { id: 1, owner: 'o', name: 'n' };
const sha = blobSha(soundSkill);
const files = new Map([['compositional_skills/old/leaf/qna.yaml', sha]]);
const job = { type: 'sweep-repository', installationId: 10, repository } as const;

/** A repository with one leaf and these open pull requests. */
function world(changes: Partial<GitHub> = {}) {
  const inMemory = createExamplesInMemory();
  const settled: number[] = [];
  const examples: Examples = {
    ...inMemory,
    async settle() {
      settled.push((await inMemory.missing(repository, [readingKey(sha)])).length);
    },
  };
  const enqueued: Job[] = [];
  let asked = 0;
  const github: GitHub = {
    ...rehearse({
      loadPullRequest: async () => undefined,
      loadTaxonomy: async (_, at) => ({ sha: at, files }),
      loadPolicy: async () => undefined,
      async loadBlobs(_, shas) {
        asked += shas.length;
        return new Map([[sha, Buffer.from(soundSkill)]]);
      },
    }),
    loadDefaultTip: async () => 'tip',
    listOpenPullRequests: async () => [{ number: 4, headSha: 'head4', createdAt: '2026-03-01T10:00:00Z' }],
    ...changes,
  };
  const sweep = () =>
    sweepRepository(job, { github, examples, parse: async given => parseFiles(given) }, async each => {
      enqueued.push(each);
    });
  /** Of each time that the index was settled: how many leaves it lacked then. */
  return {
    sweep,
    enqueued,
    settled,
    asked: () => asked,
    missing: () => examples.missing(repository, [readingKey(sha)]),
  };
}

test('a sweep fills the index with the default branch, once, before it asks for reviews', async () => {
  const { sweep, enqueued, asked, missing } = world();
  expect(await missing()).toHaveLength(1);
  await sweep();
  await sweep();
  expect([await missing(), asked()]).toEqual([[], 1]);
  expect(enqueued.map(each => 'number' in each && each.number)).toEqual([4, 4]);
});

test('a sweep settles the index once it is filled, so that lookups ask few segments', async () => {
  const { sweep, settled } = world();
  await sweep();
  expect(settled).toEqual([0]);
});

test('reviews are asked for also when the index cannot be filled, and the sweep is tried again', async () => {
  const { sweep, enqueued } = world({ loadTaxonomy: () => Promise.reject(new Error('502')) });
  await expect(sweep()).rejects.toThrow('502');
  expect(enqueued).toHaveLength(1);
});

test('an empty repository has nothing to index', async () => {
  const { sweep, asked } = world({ loadDefaultTip: async () => undefined });
  expect([await sweep(), asked()]).toEqual([1, 0]);
});
