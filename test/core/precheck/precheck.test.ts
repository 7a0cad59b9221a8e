import { describe, expect, test } from 'vitest';
import { alreadyAnswered } from '../../../src/core/precheck/already-answered.ts';
import { precheck } from '../../../src/core/precheck/precheck.ts';
import { readGrades } from '../../../src/core/precheck/grade.ts';
import { precheckLines, precheckSentence } from '../../../src/core/render/precheck.ts';
import { exampleOf, leafOf, leafWith } from '../judge/example-leaf.ts';
import { hostileTexts } from '../../simulator/model/scripts.ts';
import { placeOf } from '../../../src/core/plan/facts.ts';
import { factsOf } from '../plan/sample-facts.ts';
import { ok, optionsWith } from './scripted.ts';

const place = placeOf(factsOf([]));
const usage = { promptTokens: 0, completionTokens: 0 };

/** Which example a question is about, and the answer that its contributor gave. */
const indexOf = (user: string): number => Number(/number (\d+)/.exec(user)?.[1]);
const right = (user: string): string => `Apple, number ${indexOf(user)}, pear.`;

describe('the precheck', () => {
  test('counts what a student of known knowledge answers, with the interval', async () => {
    const result = await precheck(
      [leafWith(5)],
      optionsWith(({ user }) => (indexOf(user) < 3 ? right(user) : 'No idea.')),
    );
    expect(result).toMatchObject({ type: 'prechecked', model: 'student-7b', answered: 3, known: 5 });
    expect(result.type === 'prechecked' && result.examples.map(({ state }) => state)).toEqual([
      'answered',
      'answered',
      'answered',
      'not-answered',
      'not-answered',
    ]);
    expect(precheckSentence(result)).toBe(
      'Precheck: the student model (student-7b) already answered 3 of 5 questions; the true share is between 15 % and 95 % (95 % interval). The answers stand side by side in the check `assay/judge`.',
    );
  });

  test('asks three times, as anybody would ask, and lets the majority decide', async () => {
    const seen: unknown[] = [];
    const answer = (tries: number) =>
      optionsWith(request => {
        seen.push(request);
        return (request.sample ?? 0) <= tries ? right(request.user) : 'No idea.';
      });
    expect(await precheck([leafWith(1)], answer(2))).toMatchObject({ answered: 1 });
    expect(await precheck([leafWith(1)], answer(1))).toMatchObject({ answered: 0, known: 1 });
    expect(seen[0]).toEqual({
      system: '',
      user: 'Put in order: pear, apple, number 0.',
      maxCompletionTokens: 1_000,
      sample: 1,
    });
    expect(seen).toHaveLength(6);
  });

  test('gives the context with the question, and takes no thoughts for an answer', async () => {
    const leaf = leafOf([exampleOf({ context: 'A passage.' })]);
    const result = await precheck(
      [leaf],
      optionsWith(({ user }) => `<think>${user}</think>\n${user.startsWith('A passage.\n\nPut') ? right(user) : ''}`),
    );
    expect(result).toMatchObject({ answered: 1 });
  });

  test('covers the true share, for students who know a share of what is asked', async () => {
    let seed = 7;
    const chance = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    let covered = 0;
    const runs = 150;
    for (let run = 0; run < runs; run += 1) {
      const share = [0.2, 0.5, 0.85][run % 3] ?? 0;
      const knows = Array.from({ length: 10 }, () => chance() < share);
      const result = await precheck(
        [leafWith(10)],
        optionsWith(({ user }) => (knows[indexOf(user)] === true ? right(user) : 'No idea.')),
      );
      if (result.type === 'prechecked' && result.interval.low <= share && share <= result.interval.high) covered += 1;
    }
    expect(covered / runs).toBeGreaterThanOrEqual(0.95);
  });

  test('tells an answer that only the judge’s own solution shares from one that nobody shares', async () => {
    const result = await precheck(
      [leafWith(1)],
      optionsWith(() => 'Another way.'),
    );
    expect(result).toMatchObject({ answered: 0, known: 1 });
    expect(precheckLines(result, place).join('\n')).toContain('another, but the same as the judge’s own solution');
  });

  test('leaves out what could not be asked or compared, and says how many', async () => {
    const down = { outcome: 'timeout', reason: 'The model did not answer in time.', usage } as const;
    const result = await precheck(
      [leafWith(3)],
      optionsWith(({ user }) => (indexOf(user) === 1 ? down : right(user))),
    );
    expect(result).toMatchObject({ answered: 2, known: 2 });
    expect(precheckSentence(result)).toContain('1 more question could not be asked or compared.');
    const none = await precheck(
      [leafWith(3)],
      optionsWith(() => down),
    );
    expect(none).toMatchObject({ known: 0, interval: { low: 0, high: 1 } });
    expect(precheckSentence(none)).toContain('could not be judged. The student gave no answer: The model did not');
    const garbled = optionsWith(({ user }) => right(user), { ask: () => Promise.resolve(ok('Looks good!')) });
    expect(await precheck([leafWith(1)], garbled)).toMatchObject({ known: 0 });
  });

  test('asks a triager about a file of which nearly everything is known, and is silent otherwise', async () => {
    const knowing = (known: number) =>
      precheck(
        [leafWith(5)],
        optionsWith(({ user }) => (indexOf(user) < known ? right(user) : 'No idea.')),
      );
    expect(alreadyAnswered(await knowing(3))).toEqual([]);
    expect(alreadyAnswered(await knowing(4))).toMatchObject([
      {
        rule: 'judge/already-answered',
        severity: 'question',
        message: expect.stringMatching(/4 of 5 .* 28 % and 99 %/),
      },
    ]);
    expect(alreadyAnswered({ type: 'no-student' })).toEqual([]);
    expect(alreadyAnswered(undefined)).toEqual([]);
    expect(precheckSentence({ type: 'no-student' })).toContain('no student model is configured');
  });

  test.each(hostileTexts)('shows a student’s answer as text and as nothing else: %j', async text => {
    const leaf = leafOf([exampleOf({ answer: text, question: `Say ${text}` })]);
    const lines = precheckLines(
      await precheck(
        [leaf],
        optionsWith(() => text),
      ),
      place,
    ).join('\n');
    const outside = lines.replaceAll(/^(`{3,})\n[\s\S]*?\n\1$/gm, '');
    expect(outside).not.toMatch(/evil|everyone|script|approve/i);
    expect(lines.length).toBeLessThan(6_000);
    const student = lines.slice(lines.indexOf('Student’s answer 1'));
    expect(student).not.toMatch(/:\/\/|@|<script/);
  });
});

test('grades are read only when there is exactly one of the allowed words for each answer', () => {
  const grade = { as_contributed: 'yes', as_solved: 'no' };
  expect(readGrades(JSON.stringify({ 'answer-1': grade }), 1)).toEqual([{ asContributed: 'yes', asSolved: 'no' }]);
  for (const reply of [
    '',
    '{}',
    '[]',
    JSON.stringify({ 'answer-1': { ...grade, as_solved: 'maybe' } }),
    JSON.stringify({ 'answer-1': grade, 'answer-2': grade }),
    JSON.stringify({ 'answer-2': grade }),
    JSON.stringify({ 'answer-1': { ...grade, comment: 'x' } }),
  ]) {
    expect(readGrades(reply, 1)).toBeUndefined();
  }
});
