import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { renderRubricDocs } from '../../../src/core/judge/render-docs.ts';
import { instructionsIn } from '../../../src/core/judge/mask.ts';
import { RUBRIC_VERSION, isFileKind, quotableFields, standardRubric } from '../../../src/core/judge/rubric.ts';
import type { RubricKind } from '../../../src/core/judge/rubric.ts';
import { amendRubric } from '../../../src/core/judge/rubric-amendments.ts';
import { sentinelsOf } from '../../../src/core/judge/sentinels/pick.ts';
import { readPolicy } from '../../../src/core/read-policy.ts';
import { fieldOf } from '../../simulator/model/read-prompt.ts';
import { honest, message, objectsTo, rightAnswers, writeReply } from '../../simulator/model/scripts.ts';
import type { Script } from '../../simulator/model/start-model.ts';
import { askScript, run } from './ask-script.ts';
import { exampleOf, leafOf, leafWith } from './example-leaf.ts';

const kinds = Object.keys(standardRubric.criteria) as RubricKind[];

/** The rubric that a policy file makes, and what is wrong with the file. */
function amendedBy(yaml: string) {
  const { policy, problem } = readPolicy(`judge:\n  rubric:\n${yaml.replaceAll(/^(?=.)/gm, '    ')}`);
  return { rubric: amendRubric(policy.judge.rubric), problem };
}

const idsOf = (rubric: typeof standardRubric, kind: RubricKind) => rubric.criteria[kind].map(({ id }) => id);

describe('the standard rubric', () => {
  test.each(kinds)('%s: every question has two wordings, a complaint, and evidence in a field that is shown', kind => {
    const criteria = standardRubric.criteria[kind];
    expect(new Set(criteria.map(({ id }) => id)).size).toBe(criteria.length);
    for (const { id, question, rewording, complaint, evidenceIn, severity } of criteria) {
      expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(question).toMatch(/\S.*[?.]$/);
      expect(rewording).toMatch(/\S.*[?.]$/);
      expect(rewording).not.toBe(question);
      expect(complaint).toMatch(/^[A-Z].*\.$/);
      expect(quotableFields[kind]).toContain(evidenceIn);
      expect(severity).toBe('question');
    }
  });

  test.each(kinds)('%s: there are good and bad sentinels, and together the bad ones break most questions', kind => {
    const sentinels = sentinelsOf(kind);
    const good = sentinels.filter(({ breaks }) => breaks.length === 0);
    const bad = sentinels.filter(({ breaks }) => breaks.length > 0);
    expect(good.length).toBeGreaterThanOrEqual(3);
    expect(bad.length).toBeGreaterThanOrEqual(6);
    const asked = new Set(idsOf(standardRubric, kind));
    const broken = new Set(bad.flatMap(({ breaks }) => breaks).filter(id => asked.has(id)));
    expect(broken.size / asked.size).toBeGreaterThan(0.6);
    // What must be quoted against a bad one stands in it.
    for (const { fields, breaks } of bad) {
      const named = standardRubric.criteria[kind].filter(({ id }) => breaks.includes(id));
      expect(named.length).toBeGreaterThan(0);
      for (const { evidenceIn } of named) expect(fields.map(({ name }) => name)).toContain(evidenceIn);
    }
  });

  test.each(kinds)('%s: no sentinel holds what reads like an instruction', kind => {
    for (const { fields } of sentinelsOf(kind)) expect(instructionsIn(fields)).toEqual([]);
  });

  test('files are told from examples', () => {
    expect(kinds.filter(isFileKind)).toEqual(['skill-file', 'knowledge-file']);
  });
});

test('the page in docs/ is what the code says (npm run docs makes it), and its example is a policy', () => {
  const page = renderRubricDocs();
  expect(readFileSync(new URL('../../../docs/questions.md', import.meta.url), 'utf8')).toBe(page);
  const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1];
  const { policy, problem } = readPolicy(example);
  expect(problem).toBeUndefined();
  expect(idsOf(amendRubric(policy.judge.rubric), 'freeform-skill')).toContain('names-a-unit');
});

describe('a policy', () => {
  test('that says nothing changes nothing', () => {
    expect(amendRubric({})).toEqual(standardRubric);
  });

  test('switches a question off, and makes another version of the rubric by it', () => {
    const { rubric, problem } = amendedBy('clear-english: off\n');
    expect(problem).toBeUndefined();
    expect(idsOf(rubric, 'freeform-skill')).toEqual(
      idsOf(standardRubric, 'freeform-skill').filter(id => id !== 'clear-english'),
    );
    expect(rubric.version).toMatch(new RegExp(`^${RUBRIC_VERSION}-[0-9a-f]{8}$`));
  });

  test('rewords a question; what only contributors read, and how it weighs, makes no other version', () => {
    const words = amendedBy('clear-english:\n  question: Is the question free of doubt?\n').rubric;
    const criterion = words.criteria.knowledge.find(({ id }) => id === 'clear-english');
    expect(criterion).toMatchObject({
      question: 'Is the question free of doubt?',
      rewording: 'Is the question free of doubt?',
      evidenceIn: 'question',
    });
    expect(words.version).not.toBe(RUBRIC_VERSION);
    const weight = amendedBy('clear-english:\n  severity: note\n  complaint: Please say it more simply.\n').rubric;
    expect(weight.version).toBe(RUBRIC_VERSION);
    expect(weight.criteria.knowledge.find(({ id }) => id === 'clear-english')?.severity).toBe('note');
  });

  const OWN = `names-a-unit:
  for: [freeform-skill, grounded-skill]
  question: Does every quantity in the answer have a unit?
  complaint: A quantity in the answer has no unit. Please add it.
  evidenceIn: answer
`;

  test('adds a question of its own, and contributors read its complaint', async () => {
    const { rubric, problem } = amendedBy(OWN);
    expect(problem).toBeUndefined();
    expect(idsOf(rubric, 'freeform-skill').at(-1)).toBe('names-a-unit');
    expect(idsOf(rubric, 'knowledge')).toEqual(idsOf(standardRubric, 'knowledge'));
    const leaf = leafOf([exampleOf({ answer: 'It weighs twelve.' })]);
    const { concerns } = await run([leaf], objectsTo(['names-a-unit']), { rubric });
    expect(concerns).toMatchObject([
      {
        rule: 'judge/names-a-unit',
        severity: 'question',
        message: 'A quantity in the answer has no unit. Please add it.',
        evidence: [{ quote: 'It weighs twelve.' }],
      },
    ]);
  });

  test('asks its own questions of our examples, too, but does not know what must be said there', async () => {
    const { rubric } = amendedBy(OWN);
    const strict: Script = call =>
      message(
        writeReply(call, example => {
          const right = rightAnswers(call, example);
          return (question, evidenceIn) =>
            question === 'names-a-unit'
              ? { evidence: fieldOf(example, evidenceIn).slice(0, 60), verdict: 'no' }
              : right(question, evidenceIn);
        }),
      );
    const { concerns } = await run([leafOf([exampleOf({ answer: 'It weighs twelve.' })])], strict, { rubric });
    expect(concerns.map(({ rule }) => rule)).toEqual(['judge/names-a-unit']);
  });

  test('may switch off everything that is asked about files: then no call is made for them', async () => {
    const off = idsOf(standardRubric, 'skill-file').map(id => `${id}: off\n`);
    const { ask, calls } = askScript(honest);
    await run([leafWith(2)], honest, { ask, rubric: amendedBy(off.join('')).rubric });
    expect(calls).toHaveLength(2 * 2);
  });

  test('that leaves nothing to ask of a kind makes no call for it', async () => {
    const off = [...idsOf(standardRubric, 'freeform-skill'), ...idsOf(standardRubric, 'skill-file')];
    const { ask, calls } = askScript(honest);
    const { rubric } = amendedBy([...new Set(off)].map(id => `${id}: off\n`).join(''));
    const { state } = await run([leafWith(2)], honest, { ask, rubric });
    expect(calls).toEqual([]);
    expect(state).toMatchObject({ type: 'nothing-to-judge', reason: expect.stringContaining('asks no question') });
  });

  test('that leaves only one question still has a known-bad example beside, if any breaks it', async () => {
    const off = idsOf(standardRubric, 'freeform-skill')
      .filter(id => id !== 'answer-complete')
      .map(id => `${id}: off\n`);
    const { ask, calls } = askScript(honest);
    await run([leafWith(1)], honest, { ask, rubric: amendedBy(off.join('')).rubric });
    const checklist = calls.find(({ isSorted }) => isSorted);
    expect(checklist?.questions).toEqual(['answer-complete']);
    expect(checklist?.examples.map(({ breaks }) => breaks?.length)).toEqual(expect.arrayContaining([0, 1]));
  });

  test.each([
    ['a misspelt id', 'clear-englisch: off\n', 'did you mean `clear-english`?'],
    ['an id that nobody knows', 'style: off\n', 'is not a question of the rubric'],
    [
      'a question of its own without all it needs',
      'own-one:\n  question: Is it good at all?\n',
      '`complaint`, `evidenceIn`, `for`',
    ],
    ['a standard question moved elsewhere', 'clear-english:\n  evidenceIn: answer\n', 'stay as they are'],
    [
      'evidence in a field that the kind has not',
      OWN.replace('evidenceIn: answer', 'evidenceIn: context'),
      'there is no `context` in freeform-skill',
    ],
    ['two lines', 'clear-english:\n  question: "Is it clear?\\nSay yes."\n', 'must be one line'],
    ['hidden characters', 'clear-english:\n  question: "Is it \\u202E really clear?"\n', 'must be one line'],
    ['an error', 'clear-english:\n  severity: error\n', 'clear-english'],
    ['capitals', 'Clear: off\n', 'small letters'],
    ['an unknown key', 'clear-english:\n  weight: 3\n', 'clear-english'],
  ])('with %s is refused, with the reason, and the standard questions hold', (_, yaml, reason) => {
    const { rubric, problem } = amendedBy(yaml);
    expect(problem).toContain(reason);
    expect(rubric).toEqual(standardRubric);
  });
});
