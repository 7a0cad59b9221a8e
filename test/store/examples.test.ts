import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { placeKey } from '../../src/core/duplicates/open-leaf.ts';
import { hashText } from '../../src/core/finding.ts';
import type { PullRequest } from '../../src/core/pull-request.ts';
import type { Examples, IndexedBlob } from '../../src/ports.ts';
import { createExamplesInMemory } from '../../src/store/examples-in-memory.ts';
import { createExamples } from '../../src/store/examples.ts';
import { engines } from './databases.ts';

const repository = { id: 7, owner: 'o', name: 'n' };
const CREATED = '2026-03-01T10:00:00.000Z';
const LATER = new Date('2026-03-02T10:00:00.000Z');

const pullRequest = (number: number, changes: Partial<PullRequest> = {}): PullRequest => ({
  repository,
  number,
  title: 't',
  author: { login: `author${number}`, id: 100 + number, isBot: false },
  state: 'open',
  isDraft: false,
  createdAt: CREATED,
  headSha: `head${number}`,
  baseRef: 'main',
  baseSha: 'base',
  mergeBaseSha: 'base',
  files: [],
  ...changes,
});

const taxonomy = (files: Readonly<Record<string, string>> = {}) => ({
  sha: 'tip',
  files: new Map(Object.entries(files)),
});
/** Keys are hexadecimal hashes: here those of short names. */
const keyOf = (name: string): string => hashText(name);
const blob = (blobSha: string, ...examples: readonly (readonly [key: string, line: number])[]): IndexedBlob => ({
  blobSha,
  examples: examples.map(([name, line]) => ({
    key: keyOf(name),
    wholeKey: keyOf(`whole ${name}`),
    line,
    text: { question: `What is ${name}?`, answer: `It is ${name}.` },
  })),
});
const leaf = (path: string, blobSha: string) => ({ path, blobSha });

const kinds = [
  { name: 'memory', isAvailable: true, fresh: async () => createExamplesInMemory(), discard: async () => undefined },
  ...engines.map(engine => ({ ...engine, fresh: async () => createExamples(await engine.fresh()) })),
];

for (const kind of kinds) {
  describe.skipIf(!kind.isAvailable)(`examples in ${kind.name}`, () => {
    let examples: Examples;
    beforeEach(async () => {
      examples = await kind.fresh();
    });
    afterAll(kind.discard);

    test('a blob is missing until it is added, also one without examples', async () => {
      expect(await examples.missing(repository, ['a', 'b', 'a'])).toHaveLength(2);
      await examples.add(repository, [blob('a')]);
      await examples.add(repository, [blob('a', ['k', 1])]);
      expect(await examples.missing(repository, ['a', 'b'])).toEqual(['b']);
    });

    test('the taxonomy counts by the blobs of its tree, at every path they stand at', async () => {
      await examples.add(repository, [blob('a', ['k', 9], ['k', 4], ['other', 1])]);
      await examples.add(repository, [blob('gone', ['k', 2])]);
      const { neighbours } = await examples.neighboursOf(
        { repository, number: 1 },
        [keyOf('k'), keyOf('unknown')],
        taxonomy({ 'knowledge/b/qna.yaml': 'a', 'knowledge/Z/qna.yaml': 'a', 'knowledge/c/qna.yaml': 'not-indexed' }),
      );
      expect(neighbours).toEqual([
        { key: keyOf('k'), path: 'knowledge/Z/qna.yaml', line: 4, sha: 'tip' },
        { key: keyOf('k'), path: 'knowledge/b/qna.yaml', line: 4, sha: 'tip' },
      ]);
    });

    test('other open pull requests of the same repository are neighbours, with when the text was first seen', async () => {
      await examples.add(repository, [blob('a', ['k', 5])]);
      await examples.recordPullRequest(pullRequest(1), [leaf('knowledge/x/qna.yaml', 'a')], LATER);
      await examples.recordPullRequest(
        pullRequest(2),
        [leaf('knowledge/z/qna.yaml', 'a'), leaf('knowledge/y/qna.yaml', 'a')],
        LATER,
      );
      const elsewhere = pullRequest(3, { repository: { ...repository, id: 8 } });
      await examples.recordPullRequest(elsewhere, [leaf('knowledge/x/qna.yaml', 'a')], LATER);
      expect(await examples.neighboursOf({ repository, number: 1 }, [keyOf('k')], taxonomy())).toEqual({
        neighbours: [
          {
            key: keyOf('k'),
            path: 'knowledge/y/qna.yaml',
            line: 5,
            sha: 'head2',
            pullRequest: { number: 2, authorId: 102, authorLogin: 'author2', seenAt: CREATED },
          },
        ],
        seenAt: new Map([[keyOf('k'), CREATED]]),
      });
    });

    test('the leaves of other open pull requests are told by number and path, also those without examples', async () => {
      await examples.add(repository, [blob('a', ['k', 5], ['l', 9]), blob('no yaml')]);
      await examples.recordPullRequest(pullRequest(1), [leaf('knowledge/x/qna.yaml', 'a')], LATER);
      await examples.recordPullRequest(pullRequest(3), [leaf('knowledge/x/qna.yaml', 'no yaml')], LATER);
      await examples.recordPullRequest(
        pullRequest(2),
        [leaf('knowledge/z/qna.yaml', 'a'), leaf('knowledge/Y/qna.yaml', 'a')],
        LATER,
      );
      await examples.recordPullRequest(pullRequest(4), [leaf('knowledge/x/qna.yaml', 'a')], LATER);
      await examples.removePullRequest({ repository, number: 4 });
      const of = (number: number, path: string, count: number) => ({
        path,
        examples: count,
        sha: `head${number}`,
        pullRequest: { number, authorId: 100 + number, authorLogin: `author${number}`, seenAt: CREATED },
      });
      expect(await examples.openLeaves({ repository, number: 1 })).toEqual([
        of(2, 'knowledge/Y/qna.yaml', 2),
        of(2, 'knowledge/z/qna.yaml', 2),
        of(3, 'knowledge/x/qna.yaml', 0),
      ]);
      expect(await examples.openLeaves({ repository: { ...repository, id: 8 }, number: 1 })).toEqual([]);
    });

    test('a leaf node is claimed when its path is first seen, whatever it holds later', async () => {
      const evenLater = new Date('2026-03-05T10:00:00.000Z');
      await examples.add(repository, [blob('a', ['k', 5]), blob('b', ['l', 5])]);
      await examples.recordPullRequest(pullRequest(1), [leaf('knowledge/x/qna.yaml', 'a')], LATER);
      await examples.recordPullRequest(
        pullRequest(1),
        [leaf('knowledge/x/qna.yaml', 'b'), leaf('knowledge/y/qna.yaml', 'a')],
        evenLater,
      );
      const claimed = (await examples.openLeaves({ repository, number: 2 })).map(
        ({ pullRequest: { seenAt } }) => seenAt,
      );
      expect(claimed).toEqual([CREATED, evenLater.toISOString()]);
      const key = placeKey('knowledge/y/qna.yaml');
      const { seenAt } = await examples.neighboursOf({ repository, number: 1 }, [key], taxonomy());
      expect(seenAt).toEqual(new Map([[key, evenLater.toISOString()]]));
    });

    test('a text that is pushed later was seen later, and not earlier again when it goes and comes back', async () => {
      await examples.add(repository, [blob('a', ['first', 1])]);
      await examples.add(repository, [blob('b', ['second', 1])]);
      const seen = async () =>
        (await examples.neighboursOf({ repository, number: 1 }, [keyOf('first'), keyOf('second')], taxonomy())).seenAt;
      await examples.recordPullRequest(pullRequest(1), [leaf('p', 'a')], LATER);
      await examples.recordPullRequest(pullRequest(1), [leaf('p', 'b')], LATER);
      const evenLater = new Date('2026-03-09T00:00:00.000Z');
      await examples.recordPullRequest(pullRequest(1), [leaf('p', 'a'), leaf('q', 'b')], evenLater);
      expect(await seen()).toEqual(
        new Map([
          [keyOf('first'), CREATED],
          [keyOf('second'), LATER.toISOString()],
        ]),
      );
    });

    test('closing, pushing and reopening does not make a copied text look as old as the pull request', async () => {
      await examples.add(repository, [blob('copied', ['k', 1])]);
      await examples.recordPullRequest(pullRequest(1), [], LATER);
      await examples.removePullRequest({ repository, number: 1 });
      await examples.recordPullRequest(pullRequest(1), [leaf('p', 'copied')], LATER);
      const { seenAt } = await examples.neighboursOf({ repository, number: 1 }, [keyOf('k')], taxonomy());
      expect(seenAt.get(keyOf('k'))).toBe(LATER.toISOString());
    });

    test('an old pull request that comes when the repository is long known was not there first', async () => {
      await examples.add(repository, [blob('a', ['k', 1])]);
      const old = { createdAt: '2023-01-01T00:00:00.000Z' };
      const weekLater = new Date('2026-03-09T10:00:00.000Z');
      await examples.recordPullRequest(pullRequest(50), [leaf('p', 'a')], LATER);
      // Those that were open before all come within hours, and again when the database was lost.
      await examples.recordPullRequest(pullRequest(6, old), [leaf('r', 'a')], new Date('2026-03-02T12:00:00.000Z'));
      await examples.recordPullRequest(pullRequest(7, old), [leaf('q', 'a')], weekLater);
      const { neighbours } = await examples.neighboursOf({ repository, number: 1 }, [keyOf('k')], taxonomy());
      expect(neighbours.map(({ pullRequest: other }) => [other?.number, other?.seenAt])).toEqual([
        [6, old.createdAt],
        [7, weekLater.toISOString()],
        [50, CREATED],
      ]);
    });

    test('closed pull requests and dropped texts are nobody’s neighbours', async () => {
      await examples.add(repository, [blob('a', ['k', 1])]);
      await examples.add(repository, [blob('empty')]);
      const neighbours = async () =>
        (await examples.neighboursOf({ repository, number: 9 }, [keyOf('k')], taxonomy())).neighbours.map(
          ({ pullRequest }) => pullRequest?.number,
        );
      for (const number of [1, 2, 3]) {
        await examples.recordPullRequest(pullRequest(number), [leaf('p', 'a')], LATER);
      }
      expect(await neighbours()).toEqual([1, 2, 3]);
      await examples.removePullRequest({ repository, number: 1 });
      expect(await neighbours()).toEqual([2, 3]);
      await examples.retainPullRequests(repository, [3]);
      expect(await neighbours()).toEqual([3]);
      await examples.recordPullRequest(pullRequest(3), [leaf('p', 'empty')], LATER);
      expect(await neighbours()).toEqual([]);
      await examples.recordPullRequest(pullRequest(2), [leaf('p', 'a')], LATER);
      expect(await neighbours()).toEqual([2]);
      await examples.retainPullRequests(repository, []);
      expect(await neighbours()).toEqual([]);
    });

    test('a taxonomy of 5,000 files and 2,500 keys is asked in one go', async () => {
      await examples.add(repository, [blob('a', ['k2499', 3])]);
      const files = Object.fromEntries(
        Array.from({ length: 5000 }, (_, n) => [`knowledge/${n}/qna.yaml`, n === 4999 ? 'a' : `b${n}`]),
      );
      const keys = Array.from({ length: 2500 }, (_, n) => keyOf(`k${n}`));
      const { neighbours } = await examples.neighboursOf({ repository, number: 1 }, keys, taxonomy(files));
      expect(neighbours).toEqual([{ key: keyOf('k2499'), path: 'knowledge/4999/qna.yaml', line: 3, sha: 'tip' }]);
    });
  });
}
