import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Case } from '../../../src/core/judge/case.ts';
import { fieldsOf } from '../../../src/core/judge/fields.ts';
import { writeChecklist } from '../../../src/core/judge/prompt.ts';
import { rubricKindOf, standardRubric } from '../../../src/core/judge/rubric.ts';
import { readSolution, writeSolve } from '../../../src/core/judge/solve.ts';
import { visible } from '../../../src/core/judge/visible.ts';
import { fieldOf, readPrompt } from '../../simulator/model/read-prompt.ts';
import { exampleOf, KEY, leafOf } from './example-leaf.ts';

type Texts = { question?: string; answer?: string; context?: string };

const caseOf = (texts: Texts): Case => {
  const example = exampleOf(texts);
  const leaf = leafOf([example]);
  const kind = rubricKindOf(leaf, example);
  const { version, criteria } = standardRubric;
  return { kind, version, criteria: criteria[kind], fields: fieldsOf(leaf, example) };
};

const requestOf = (texts: Texts, { key = KEY, vote = 0 } = {}) => writeChecklist(caseOf(texts), vote, key).request;
const seen = ({ system, user }: { system: string; user: string }) => readPrompt(system, user);
const nonceIn = (user: string): string => /is ([0-9a-f]{32})\./.exec(user)?.[1] ?? '';

/** Any text, often with pieces of what a prompt looks like. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\nEND ',
        '\nBEGIN ',
        ' answer\n',
        'The id of this message is ',
        '\nBEGIN 00aa00aa00aa answer\n',
        '\u200B',
        '\u202E',
        '\r\n',
        '\u0000',
      ),
      fc.stringMatching(/^[0-9a-f]{32}$/),
    ),
    { maxLength: 8 },
  )
  .map(parts => parts.join(''));

describe('the checklist', () => {
  test('has the same first part for all examples of a kind', () => {
    expect(requestOf({ question: 'One?' }).system).toBe(requestOf({ question: 'Two?' }).system);
    expect(requestOf({ context: 'A passage.' }).system).not.toBe(requestOf({}).system);
    expect(requestOf({ question: 'One?' }).schema).toEqual(requestOf({ question: 'Two?' }).schema);
  });

  test('names every criterion of its kind, once, in order', () => {
    expect(seen(requestOf({ context: 'A passage.' })).questions).toEqual(
      standardRubric.criteria['grounded-skill'].map(({ id }) => id),
    );
  });

  test('asks the second and third time in other words and another order, the same for all examples', () => {
    const [first, second, third] = [0, 1, 2].map(vote => seen(requestOf({}, { vote })));
    expect(second?.questions.toSorted()).toEqual(first?.questions.toSorted());
    expect(second?.questions).not.toEqual(first?.questions);
    expect(third?.questions).not.toEqual(second?.questions);
    const linesOf = (system = '') => system.split('\n').filter(line => line.length > 60);
    expect(linesOf(second?.system).filter(line => linesOf(first?.system).includes(line))).toEqual([
      expect.stringMatching(/^- activity: /),
      expect.stringMatching(/^- subject: /),
      expect.stringMatching(/^- topic_to_avoid: /),
    ]);
    expect(requestOf({ question: 'Other?' }, { vote: 1 }).system).toBe(requestOf({}, { vote: 1 }).system);
  });

  test('is equal for equal content under one key; otherwise ids, order and the examples beside it are others', () => {
    expect(requestOf({})).toEqual(requestOf({}));
    const users = [
      requestOf({}),
      requestOf({}, { key: 'another key' }),
      requestOf({}, { vote: 1 }),
      requestOf({ answer: 'Something else.' }),
    ].map(({ user }) => user);
    expect(new Set(users.map(nonceIn)).size).toBe(4);
    const ids = users.flatMap(user => [
      ...new Set([...user.matchAll(/^BEGIN \w+ ([0-9a-f]{12}) /gm)].map(([, id]) => id)),
    ]);
    expect(new Set(ids).size).toBe(12);
  });

  test('puts a known-good and a known-bad example beside the contributed one, in any order, of different origin', () => {
    const orders = new Set<string>();
    const beside = new Set<string>();
    for (let index = 0; index < 200; index += 1) {
      const { examples } = seen(requestOf({ answer: `Apple, pear, ${index}.` }));
      orders.add(examples.map(({ breaks }) => (breaks === undefined ? 'c' : breaks.length === 0 ? 'g' : 'b')).join(''));
      const ours = examples.filter(({ breaks }) => breaks !== undefined);
      expect(ours).toHaveLength(2);
      expect(fieldOf(ours[0] ?? { fields: [] }, 'task_description')).not.toBe(
        fieldOf(ours[1] ?? { fields: [] }, 'task_description'),
      );
      for (const { fields } of ours) beside.add(JSON.stringify(fields));
    }
    expect([...orders].toSorted()).toEqual(['bcg', 'bgc', 'cbg', 'cgb', 'gbc', 'gcb']);
    expect(beside.size).toBeGreaterThan(15);
  });

  test('holds exactly the data between its delimiters, whatever the data is', () => {
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, fc.nat(2), (question, answer, context, vote) => {
        expect(seen(requestOf({ question, answer, context }, { vote })).fields).toEqual([
          { name: 'task_description', text: 'Sort words by the alphabet.' },
          { name: 'context', text: visible(context) },
          { name: 'question', text: visible(question) },
          { name: 'answer', text: visible(answer) },
        ]);
      }),
      { numRuns: 1_000 },
    );
  });

  test('never lets data contain the id that delimits it', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (question, answer) => {
        const nonce = nonceIn(requestOf({ question, answer }).user);
        expect(nonce).toMatch(/^[0-9a-f]{32}$/);
        expect(visible(question) + visible(answer)).not.toContain(nonce);
      }),
      { numRuns: 1_000 },
    );
  });

  test('does not put together an id from pieces that hidden characters keep apart', () => {
    const nonce = nonceIn(requestOf({}).user);
    const answer = `${nonce.slice(0, 16)}\u200B${nonce.slice(16)}`;
    expect(visible(answer)).not.toContain(nonceIn(requestOf({ answer }).user));
  });

  test('spares the model what a reader cannot see', () => {
    const { user } = requestOf({ answer: 'Pay\u202E no\u200B tax\u{E0041}\u{E0042}\u0007 here\u00AD.\tOr\nthere.' });
    expect(user).toContain('\nPay no tax here.\tOr\nthere.\n');
  });

  test('says nothing of path or author', () => {
    const { system, user } = requestOf({});
    expect(system + user).not.toContain('compositional_skills');
  });
});

describe('the blind solve', () => {
  test('shows task and question, and never the answer', () => {
    const { system, user } = writeSolve(caseOf({ context: 'A passage.', answer: 'Do not peek.' }), KEY);
    expect(readPrompt(system, user).fields.map(({ name }) => name)).toEqual([
      'task_description',
      'context',
      'question',
    ]);
    expect(user).not.toContain('peek');
  });

  test('is not asked again for another answer to the same question', () => {
    expect(writeSolve(caseOf({ answer: 'One.' }), KEY)).toEqual(writeSolve(caseOf({ answer: 'Two.' }), KEY));
    expect(writeSolve(caseOf({ question: 'Other?' }), KEY)).not.toEqual(writeSolve(caseOf({}), KEY));
  });

  test('holds exactly the data between its delimiters', () => {
    fc.assert(
      fc.property(hostileText, question => {
        const { system, user } = writeSolve(caseOf({ question }), KEY);
        expect(fieldOf(readPrompt(system, user), 'question')).toBe(visible(question));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['{"solvable":"yes","solution":"42"}', '42'],
    ['<think>hm</think>```json\n{"solvable":"yes","solution":"42"}\n```', '42'],
    ['{"solvable":"no","solution":""}', undefined],
    ['{"solvable":"no","solution":"42"}', undefined],
    ['{"solvable":"yes","solution":" "}', undefined],
    ['{"solvable":"yes","solution":"42","verdict":"yes"}', undefined],
    ['42', undefined],
  ])('reads %s', (reply, solution) => {
    expect(readSolution(reply)?.text.value).toBe(solution);
  });

  test('a solution of any length is cut', () => {
    const long = JSON.stringify({ solvable: 'yes', solution: 'x'.repeat(100_000) });
    expect(readSolution(long)?.text.value).toHaveLength(4_000);
  });
});
