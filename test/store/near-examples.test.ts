import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { MAX_NEAR } from '../../src/core/duplicates/near-example.ts';
import type { ExampleText } from '../../src/core/duplicates/near-example.ts';
import { hashText } from '../../src/core/finding.ts';
import type { PullRequest } from '../../src/core/pull-request.ts';
import type { Examples, IndexedBlob } from '../../src/ports.ts';
import { createExamplesInMemory } from '../../src/store/examples-in-memory.ts';
import { createExamples } from '../../src/store/examples.ts';
import { engines } from './databases.ts';

const repository = { id: 7, owner: 'o', name: 'n' };
const NOW = new Date('2026-03-02T10:00:00.000Z');

const pullRequest = (number: number): PullRequest => ({
  repository,
  number,
  title: 't',
  author: { login: `author${number}`, id: 100 + number, isBot: false },
  state: 'open',
  isDraft: false,
  createdAt: NOW.toISOString(),
  headSha: `head${number}`,
  baseRef: 'main',
  baseSha: 'base',
  mergeBaseSha: 'base',
  files: [],
});

/** A blob with these examples on lines 1, 11, 21 … */
const blob = (blobSha: string, ...texts: readonly ExampleText[]): IndexedBlob => ({
  blobSha,
  examples: texts.map((text, index) => {
    const key = hashText(`${text.question}\0${text.context ?? ''}`);
    return { key, wholeKey: hashText(`${key}\0${text.answer}`), line: 1 + 10 * index, text };
  }),
});
const qa = (question: string, answer = 'So it is.', context?: string): ExampleText => ({
  question,
  answer,
  ...(context !== undefined && { context }),
});
const taxonomy = (files: Readonly<Record<string, string>>) => ({ sha: 'tip', files: new Map(Object.entries(files)) });
const nothing = taxonomy({});

/** Different questions about different things. */
const things = ['lantern', 'harbour', 'orchard', 'glacier', 'violin', 'kettle', 'meadow', 'saddle', 'candle', 'anchor'];
const others = things.flatMap((one, index) =>
  things.map((other, at) => qa(`Why does the ${one} of year ${index * 31 + at} need a ${other}?`, `Ask the ${other}.`)),
);

const kinds = [
  { name: 'memory', isAvailable: true, fresh: async () => createExamplesInMemory(), discard: async () => undefined },
  ...engines.map(engine => ({ ...engine, fresh: async () => createExamples(await engine.fresh()) })),
];

for (const kind of kinds) {
  describe.skipIf(!kind.isAvailable)(`near examples in ${kind.name}`, () => {
    let examples: Examples;
    beforeEach(async () => {
      examples = await kind.fresh();
    });
    afterAll(kind.discard);

    const nearest = async (text: ExampleText, tree = nothing, leaveOut: readonly string[] = [], number = 9) =>
      (await examples.nearestOf({ repository, number }, [text], tree, new Set(leaveOut)))[0] ?? [];
    const paths = async (...asked: Parameters<typeof nearest>) => (await nearest(...asked)).map(({ path }) => path);

    test('a copy with small changes is found among others, with its texts and its place', async () => {
      const original = qa('How many petals does a common buttercup have?', 'Five.', 'Buttercups are flowers.');
      await examples.add(repository, [blob('many', ...others), blob('flowers', qa('Why?'), original)]);
      const tree = taxonomy({ 'knowledge/many/qna.yaml': 'many', 'knowledge/flowers/qna.yaml': 'flowers' });
      const [first] = await nearest(qa('How many petals has a common buttercup?', 'It has six of them.'), tree);
      expect(first).toMatchObject({ ...original, path: 'knowledge/flowers/qna.yaml', line: 11, sha: 'tip' });
      expect(first?.sharedBands).toBeGreaterThan(0);
      expect(first?.pullRequest).toBeUndefined();
    });

    test('a rewording is found by the rare words that it keeps', async () => {
      const original = qa('What did the astronomer Caroline Herschel discover in 1786?', 'A comet.');
      await examples.add(repository, [blob('many', ...others), blob('sky', original)]);
      const tree = taxonomy({ 'knowledge/many/qna.yaml': 'many', 'knowledge/sky/qna.yaml': 'sky' });
      const [first] = await nearest(
        qa('Which discovery made Herschel famous as an astronomer?', 'That of stars.'),
        tree,
      );
      expect(first).toMatchObject({ question: original.question });
      expect(first?.weight).toBeGreaterThan(0);
    });

    test.each([
      ['answer', qa('Who says so?', 'The lighthouse keeper rings the bell whenever fog comes in from the west.')],
      [
        'context',
        qa('Who says so?', 'He.', 'The lighthouse keeper rings the bell whenever fog comes in from the west.'),
      ],
    ])('a copy is found by its %s alone', async (field, original) => {
      await examples.add(repository, [blob('many', ...others), blob('light', original)]);
      const tree = taxonomy({ 'knowledge/many/qna.yaml': 'many', 'knowledge/light/qna.yaml': 'light' });
      const sentence = 'The lighthouse keeper rings a bell whenever fog comes in from the west.';
      const asked =
        field === 'answer' ? qa('When is there a sound?', sentence) : qa('When is there a sound?', 'In fog.', sentence);
      expect((await paths(asked, tree))[0]).toBe('knowledge/light/qna.yaml');
    });

    test('characters that no database stores are no way to stay unseen, or to change other texts', async () => {
      const odd = qa('Who\0 keeps\uFFFE the\uFFFF bees\ud800 of the north meadow?', 'The\uFFFF keeper\uFFFE does.', '');
      await examples.add(repository, [
        blob('odd', odd),
        blob('plain', qa('Why does a kettle whistle?', 'Steam.', 'Tea.')),
      ]);
      const tree = taxonomy({ 'knowledge/odd/qna.yaml': 'odd', 'knowledge/plain/qna.yaml': 'plain' });
      const [first] = await nearest(qa('Who keeps the bees of the north meadow?'), tree);
      expect(first).toMatchObject({ path: 'knowledge/odd/qna.yaml', context: '' });
      const [other] = await nearest(qa('Why does the kettle whistle?'), tree);
      expect(other).toMatchObject({ question: 'Why does a kettle whistle?', answer: 'Steam.', context: 'Tea.' });
    });

    test('only what stands in the tree that is asked about counts, so a revert or a force-push leaves nothing behind', async () => {
      const original = qa('How many petals does a common buttercup have?');
      await examples.add(repository, [blob('a', original)]);
      const path = 'knowledge/flowers/qna.yaml';
      expect(await paths(original, taxonomy({ [path]: 'a' }))).toEqual([path]);
      expect(await paths(original, { ...nothing, sha: 'reverted' })).toEqual([]);
      expect(await paths(original, { sha: 'moved', files: new Map([['knowledge/b/qna.yaml', 'a']]) })).toEqual([
        'knowledge/b/qna.yaml',
      ]);
      expect(await paths(original, taxonomy({ [path]: 'a' }), [path])).toEqual([]);
    });

    test('a leaf that is indexed only later is in the tree of a commit that was asked about before', async () => {
      const original = qa('How many petals does a common buttercup have?');
      const tree = taxonomy({ 'knowledge/a/qna.yaml': 'a', 'knowledge/late/qna.yaml': 'late' });
      await examples.add(repository, [blob('a', qa('Why?', 'Because.'))]);
      expect(await paths(original, tree)).toEqual([]);
      await examples.add(repository, [blob('late', original)]);
      expect(await paths(original, tree)).toEqual(['knowledge/late/qna.yaml']);
    });

    test('open pull requests count, one place each; not its own, and no more once closed', async () => {
      const original = qa('How many petals does a common buttercup have?');
      await examples.add(repository, [blob('a', original), blob('b', qa('Why?', 'Because.'))]);
      const leaf = (path: string, blobSha: string) => ({ path, blobSha });
      await examples.recordPullRequest(
        pullRequest(4),
        [leaf('knowledge/z/qna.yaml', 'a'), leaf('knowledge/y/qna.yaml', 'a')],
        NOW,
      );
      await examples.recordPullRequest(pullRequest(9), [leaf('knowledge/own/qna.yaml', 'a')], NOW);
      const asked = qa('How many petals has the common buttercup?');
      expect(await nearest(asked)).toMatchObject([
        {
          path: 'knowledge/y/qna.yaml',
          line: 1,
          sha: 'head4',
          pullRequest: { number: 4, authorId: 104, authorLogin: 'author4', seenAt: NOW.toISOString() },
        },
      ]);
      await examples.recordPullRequest(pullRequest(4), [leaf('knowledge/z/qna.yaml', 'b')], NOW);
      expect(await nearest(asked)).toEqual([]);
      await examples.recordPullRequest(pullRequest(4), [leaf('knowledge/z/qna.yaml', 'a')], NOW);
      await examples.removePullRequest({ repository, number: 4 });
      expect(await nearest(asked)).toEqual([]);
    });

    test('another repository’s examples are nobody’s business', async () => {
      const original = qa('How many petals does a common buttercup have?');
      await examples.add({ ...repository, id: 8 }, [blob('a', original)]);
      expect(await paths(original)).toEqual([]);
      expect(await examples.missing({ ...repository, id: 8 }, ['a'])).toEqual([]);
    });

    test('later copies do not bury the original', async () => {
      const original = qa('How many petals does a common buttercup have?', 'Five.');
      const copies = Array.from({ length: 400 }, (_, index) => qa(original.question, `Five, says number ${index}.`));
      await examples.add(repository, [blob('a', original)]);
      await examples.add(repository, [blob('copies', ...copies)]);
      const tree = taxonomy({ 'knowledge/copies/qna.yaml': 'copies', 'knowledge/flowers/qna.yaml': 'a' });
      const found = await nearest(qa(original.question, 'I do not know.'), tree);
      expect(found.length).toBeLessThanOrEqual(MAX_NEAR);
      expect(found[0]?.path).toBe('knowledge/flowers/qna.yaml');
    });

    test('10,000 equal examples are one', async () => {
      const equal = qa('How many petals does a common buttercup have?');
      const tree = taxonomy({ 'knowledge/flowers/qna.yaml': 'a' });
      await examples.add(repository, [blob('a', ...Array<ExampleText>(10_000).fill(equal))]);
      expect(await nearest(equal, tree)).toMatchObject([{ path: 'knowledge/flowers/qna.yaml', line: 1 }]);
    });

    test('a megabyte of one word is a text like any other', async () => {
      const word = qa('petal '.repeat(170_000), 'leaf '.repeat(1000));
      await examples.add(repository, [blob('a', word)]);
      expect(await paths(word, taxonomy({ 'knowledge/flowers/qna.yaml': 'a' }))).toEqual([
        'knowledge/flowers/qna.yaml',
      ]);
    });

    test('texts that PostgreSQL refuses are found all the same', async () => {
      const odd = qa('How many \0 petals has a \ud800 buttercup?', '\udc00');
      await examples.add(repository, [blob('a', odd)]);
      expect(await paths(odd, taxonomy({ 'knowledge/flowers/qna.yaml': 'a' }))).toEqual(['knowledge/flowers/qna.yaml']);
    });
  });
}
