import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { exampleKeyOf } from '../../src/core/duplicates/example-key.ts';
import type { ExampleText } from '../../src/core/duplicates/near-example.ts';
import { hashText } from '../../src/core/finding.ts';
import type { Embedding, Examples, Meanings } from '../../src/ports.ts';
import { createExamples } from '../../src/store/examples.ts';
import { createMeanings } from '../../src/store/meanings.ts';
import { embedText } from '../simulator/model/embeddings.ts';
import { engines } from './databases.ts';

const repository = { id: 7, owner: 'o', name: 'n' };
const crane: ExampleText = { question: 'What is the purpose of a crane?', answer: 'It lifts.' };
const device: ExampleText = { question: 'Which use does a device serve?', answer: 'Lifting.' };
const others: readonly ExampleText[] = Array.from({ length: 40 }, (_, index) => ({
  question: `Number ${index} of verse ${index * 7}?`,
  answer: `Answer ${index}.`,
}));

for (const engine of engines) {
  describe.skipIf(!engine.isAvailable)(`comparison by meaning on ${engine.name}`, () => {
    let examples: Examples;
    let meanings: Meanings;
    let asked: string[];
    let isDown: boolean;
    const embedding: Embedding = {
      model: 'vectors',
      space: 'vectors at home',
      async embed(texts) {
        asked.push(...texts);
        if (isDown) return { type: 'failed', reason: 'The server is down.' };
        return { type: 'vectors', vectors: texts.map(text => Float32Array.from(embedText(text))) };
      },
    };
    const add = (blobSha: string, texts: readonly ExampleText[]) =>
      examples.add(repository, [
        {
          blobSha,
          examples: texts.map((text, index) => {
            const key = exampleKeyOf(text);
            return { key, wholeKey: hashText(`${key}\0${text.answer}`), line: 1 + index, text };
          }),
        },
      ]);
    const nearest = async (texts: readonly ExampleText[], files: Readonly<Record<string, string>>) =>
      meanings.nearestOf(
        texts,
        {
          ref: { repository, number: 1 },
          taxonomy: { sha: 'tip', files: new Map(Object.entries(files)) },
          leaveOut: new Set(),
        },
        0.6,
      );

    beforeEach(async () => {
      const database = await engine.fresh();
      examples = createExamples(database);
      meanings = createMeanings(database, embedding);
      asked = [];
      isDown = false;
    });
    afterAll(engine.discard);

    test('what says the same in other words is nominated with its place; nothing else is', async () => {
      await add('cranes', [crane]);
      await add('verses', others);
      const { near, state } = await nearest([device, { question: 'Unlike all?', answer: '' }], {
        'cranes/qna.yaml': 'cranes',
        'verses/qna.yaml': 'verses',
      });
      expect(near).toEqual([
        [expect.objectContaining({ path: 'cranes/qna.yaml', line: 1, sha: 'tip', question: crane.question })],
        [],
      ]);
      expect(near[0]?.[0]?.meaning).toBeGreaterThan(0.9);
      expect(state).toEqual({ type: 'compared', model: 'vectors', known: 41, total: 41 });
    });

    test('no text is sent twice, and what left the tree is nominated no more', async () => {
      await add('cranes', [crane]);
      await nearest([device], { 'cranes/qna.yaml': 'cranes' });
      expect(asked).toHaveLength(2);
      const { near } = await nearest([device], {});
      expect(near).toEqual([[]]);
      expect(asked).toHaveLength(2);
    });

    test('while the server is down nothing is nominated, it is said, and the next look finds it', async () => {
      await add('cranes', [crane]);
      isDown = true;
      expect(await nearest([device], { 'cranes/qna.yaml': 'cranes' })).toEqual({
        near: [[]],
        state: { type: 'failed', model: 'vectors', reason: 'The server is down.' },
      });
      isDown = false;
      expect((await nearest([device], { 'cranes/qna.yaml': 'cranes' })).near[0]).toHaveLength(1);
    });

    test('a large taxonomy is known after several looks', async () => {
      const many = Array.from({ length: 1_030 }, (_, index) => ({ question: `Why ${index}?`, answer: 'So.' }));
      await add('many', many);
      const looks = [];
      for (let look = 0; look < 3; look++) looks.push((await nearest([device], { 'many/qna.yaml': 'many' })).state);
      expect(looks).toEqual([
        { type: 'compared', model: 'vectors', known: 1_000, total: 1_030 },
        { type: 'compared', model: 'vectors', known: 1_030, total: 1_030 },
        { type: 'compared', model: 'vectors', known: 1_030, total: 1_030 },
      ]);
      expect(asked).toHaveLength(1_031);
    });
  });
}
