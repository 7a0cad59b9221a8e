import { describe, expect, test } from 'vitest';
import { featuresOf, mostAlike } from '../../../src/core/judge/file-features.ts';
import type { JudgedExample } from '../../../src/core/judge/file-features.ts';
import type { Judged } from '../../../src/core/judge/judged.ts';
import { fieldOf } from '../../simulator/model/read-prompt.ts';
import { SORTED, checklist, forging, honest, message, objectsTo, writeReply } from '../../simulator/model/scripts.ts';
import type { Script } from '../../simulator/model/start-model.ts';
import { askScript, failing, run } from './ask-script.ts';
import { exampleOf, leafOf, leafWith, textAt } from './example-leaf.ts';

const isAboutFile = (call: Parameters<Script>[0]): boolean => fieldOf(call, 'features') !== '';

const judged = (activity: string, verdict: 'yes' | 'no' = 'yes'): Judged => ({
  state: 'clear',
  concerns: [],
  open: [],
  isAsked: true,
  facets: { ...SORTED, activity },
  opinions: new Map([
    ['matches-task-description', verdict === 'yes' ? { verdict } : { verdict: 'cannot_tell', isUnfounded: false }],
  ]),
});

const examples = (...texts: readonly (readonly [question: string, answer: string])[]): readonly JudgedExample[] =>
  texts.map(([question, answer], index) => ({
    example: exampleOf({ question, answer }, index),
    judged: judged('write-text'),
  }));

describe('the features of a file', () => {
  test('are counts and measures, and no word of an example', () => {
    const of = examples(
      ['Write a letter to Zebulon.', 'Dear Zebulon, all is well.'],
      ['Write a letter to Yolanda.', 'Dear Zebulon, all is well.'],
      ['How long is a fathom?', 'Six feet.'],
    );
    const [first, second, third] = of;
    if (first === undefined || second === undefined || third === undefined) throw new Error('Three examples.');
    expect(featuresOf([first, second, { ...third, judged: judged('recall-fact', 'no') }])).toBe(
      [
        'Examples: 3, of which 3 were judged.',
        'Activities: write-text 2, recall-fact 1.',
        'Subjects: language 3.',
        'Topics to avoid: none 3.',
        'matches-task-description: yes 2, cannot_tell 1.',
        'Questions that begin with the same three words: 2 of 3.',
        'The two questions most alike have 70 % of their words in common.',
        'Answers in words: from about 2 to about 5.',
        'Answers that are there more than once: 2.',
      ].join('\n'),
    );
  });

  test('stay as they are when an example is mended a little', () => {
    const before = examples(
      ['Write a letter to Zebulon.', 'Dear Zebulon, all is well.'],
      ['How long is a fathom?', 'Six feet.'],
    );
    const after = examples(
      ['Write a letter to Zebulon.', 'Dear Zebulon, I am fine.'],
      ['How long is a fathom?', 'Six feet.'],
    );
    expect(featuresOf(after)).toBe(featuresOf(before));
  });

  test('take no longer for thousands of long questions', () => {
    const many = examples(
      ...Array.from({ length: 3_000 }, (_, index) => [`${index} ${'word '.repeat(2_000)}`, 'x'] as const),
    );
    const begun = performance.now();
    featuresOf(many);
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(mostAlike(many.slice(0, 1))).toBeUndefined();
  });
});

describe('a file as a whole', () => {
  test('is asked about once its examples are judged, by what was counted, and no example goes with it', async () => {
    const { ask, calls } = askScript(honest);
    await run([leafWith(3)], honest, { ask });
    const [call, ...more] = calls.filter(isAboutFile);
    expect(more).toEqual([]);
    expect(call?.fields.map(({ name }) => name)).toEqual(['directories', 'task_description', 'features']);
    expect(fieldOf(call ?? { fields: [] }, 'directories')).toBe('compositional_skills / sorting');
    expect(call?.user).not.toContain('Put in order: pear');
    expect(calls.at(-1)).toBe(call);
  });

  test('whose examples are too alike: the two are shown', async () => {
    const script: Script = call =>
      isAboutFile(call) ? objectsTo(['examples-diverse'], 'features')(call) : honest(call);
    const { concerns } = await run([leafWith(3)], script);
    expect(concerns).toEqual([
      {
        rule: 'judge/examples-diverse',
        severity: 'question',
        message: expect.stringContaining('too alike'),
        location: { path: 'compositional_skills/sorting/qna.yaml', line: 5, column: 13 },
        yamlPath: '.',
        evidence: [
          { field: '.seed_examples[0].question', quote: 'Put in order: pear, apple, number 0.' },
          { field: '.seed_examples[1].question', quote: 'Put in order: pear, apple, number 1.' },
        ],
      },
    ]);
  });

  test('on a topic to avoid: the example that was sorted so is shown', async () => {
    const script: Script = call => {
      if (isAboutFile(call)) return objectsTo(['no-topic-to-avoid'], 'features')(call);
      const topic = fieldOf(call, 'question').includes('number 1') ? 'violence' : 'none';
      return message(checklist(call).replaceAll('"topic_to_avoid":"none"', `"topic_to_avoid":"${topic}"`));
    };
    const { ask, calls } = askScript(script);
    const { concerns } = await run([leafWith(3)], script, { ask });
    expect(fieldOf(calls.at(-1) ?? { fields: [] }, 'features')).toContain('Topics to avoid: none 2, violence 1.');
    expect(concerns).toMatchObject([
      { rule: 'judge/no-topic-to-avoid', location: { line: 15 }, evidence: [{ field: '.seed_examples[1].question' }] },
    ]);
  });

  test('in the wrong place: the remark stands with the description, and quotes no path', async () => {
    const script: Script = call => (isAboutFile(call) ? objectsTo(['right-place'], 'directories')(call) : honest(call));
    const { concerns } = await run([leafWith(2)], script);
    expect(concerns).toMatchObject([{ rule: 'judge/right-place', location: { line: 3 }, yamlPath: '.' }]);
    expect(concerns[0]?.evidence).toBeUndefined();
  });

  test('with a description that fits nothing: its words are shown', async () => {
    const script: Script = call => {
      if (!isAboutFile(call)) return honest(call);
      const no = { evidence: fieldOf(call, 'task_description'), verdict: 'no' };
      return message(checklist(call, { 'description-fits-examples': no }));
    };
    const { concerns } = await run([leafWith(2)], script);
    expect(concerns).toMatchObject([
      {
        rule: 'judge/description-fits-examples',
        location: { line: 3 },
        evidence: [{ field: '.task_description', quote: 'Sort words by the alphabet.' }],
      },
    ]);
  });

  test('is left open, and the check is not green, where the model says what the features do not', async () => {
    const script: Script = call => (isAboutFile(call) ? forging('These words stand nowhere.')(call) : honest(call));
    const { concerns, state } = await run([leafWith(2)], script);
    expect(concerns).toEqual([]);
    expect(state).toMatchObject({ unclear: 0, unsettled: [{ isFile: true, line: 1, criteria: expect.any(Array) }] });
  });

  test('is void, too, where the model is wrong about files of ours', async () => {
    const script: Script = call =>
      isAboutFile(call) ? message(writeReply(call, () => () => ({ evidence: '', verdict: 'yes' }))) : honest(call);
    const { state } = await run([leafWith(2)], script);
    expect(state).toMatchObject({
      unsettled: [{ isFile: true, reason: expect.stringContaining('answers are known') }],
    });
  });

  test('waits while one of its examples is lost', async () => {
    const { ask: good, calls } = askScript(honest);
    const { state } = await run([leafWith(3)], honest, {
      ask: (request, spender) =>
        request.user.includes('apple, number 1') ? failing('timeout')(request, spender) : good(request, spender),
    });
    expect(state).toMatchObject({ type: 'gave-up', judged: 2 });
    expect(calls.filter(isAboutFile)).toEqual([]);
  });

  test('of knowledge is asked about its outline', async () => {
    const { ask, calls } = askScript(honest);
    const leaf = {
      ...leafOf([exampleOf({ context: 'A passage.' })], 'knowledge/science/comets/qna.yaml'),
      domain: textAt('astronomy', '.domain', 2),
      documentOutline: textAt('Comets: what they are made of', '.document_outline', 3),
    };
    await run([leaf], honest, { ask });
    expect(calls.at(-1)?.questions).toEqual([
      'examples-diverse',
      'outline-fits-examples',
      'right-place',
      'file-is-knowledge',
      'no-topic-to-avoid',
    ]);
  });
});
