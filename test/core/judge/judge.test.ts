import { describe, expect, test } from 'vitest';
import type { Concern } from '../../../src/core/finding.ts';
import { judge } from '../../../src/core/judge/judge.ts';
import { leavesToJudge } from '../../../src/core/judge/leaves-to-judge.ts';
import type { Ask } from '../../../src/core/judge/model.ts';
import { standardRubric } from '../../../src/core/judge/rubric.ts';
import { fieldOf, readPrompt } from '../../simulator/model/read-prompt.ts';
import {
  alwaysYes,
  checklist,
  forging,
  honest,
  message,
  objectsTo,
  solution,
  writeReply,
} from '../../simulator/model/scripts.ts';
import type { Script } from '../../simulator/model/start-model.ts';
import { NO_TOKENS, askScript, failing, run } from './ask-script.ts';
import { KEY, SPENDER, exampleOf, leafOf, leafWith } from './example-leaf.ts';

const ids = standardRubric.criteria['freeform-skill'].map(({ id }) => id);

describe('the judge', () => {
  test('is silent about examples to which nobody objects', async () => {
    const { concerns, state } = await run([leafWith(5)], honest);
    expect(concerns).toEqual([]);
    expect(state).toEqual({ type: 'judged', examples: 5, asked: 5, unclear: 0, unsettled: [], model: 'scripted' });
  });

  test('shows our sentence and the words of the file, on their line', async () => {
    const leaf = leafOf([exampleOf({ answer: 'Berlin is the capital of France.' })]);
    const { concerns } = await run([leaf], objectsTo(['answer-correct']));
    expect(concerns).toEqual([
      {
        rule: 'judge/answer-correct',
        severity: 'question',
        message: expect.stringContaining('may be wrong'),
        location: { path: 'compositional_skills/sorting/qna.yaml', line: 9, column: 13 },
        yamlPath: '.seed_examples[0].answer',
        flagged: 'Berlin is the capital of France.',
        evidence: [{ field: '.seed_examples[0].answer', quote: 'Berlin is the capital of France.' }],
      },
    ]);
  });

  test('asks about one example a call, and sends no other example with it', async () => {
    const { ask, calls } = askScript(honest);
    await judge([leafWith(3)], { ask, key: KEY, spender: SPENDER });
    const checklists = calls.filter(call => fieldOf(call, 'answer') !== '');
    expect(checklists.map(call => fieldOf(call, 'question')).toSorted()).toEqual(
      [0, 1, 2].map(n => `Put in order: pear, apple, number ${n}.`),
    );
    for (const call of checklists) expect(call.user.match(/number \d/g)).toHaveLength(2);
  });

  test('asks twice for a sound example, four times where anything is not a yes, and once more for the file', async () => {
    const sound = askScript(honest);
    await judge([leafWith(5)], { ask: sound.ask, key: KEY, spender: SPENDER });
    expect(sound.calls).toHaveLength(5 * 2 + 1);
    const doubtful = askScript(objectsTo(['answer-correct']));
    await judge([leafWith(5)], { ask: doubtful.ask, key: KEY, spender: SPENDER });
    expect(doubtful.calls).toHaveLength(5 * 4 + 1);
  });

  test('has the question solved before it shows the answer, and shows both', async () => {
    const { ask, calls } = askScript(call =>
      call.asked.length === 0 ? message(solution('Apple, pear.')) : honest(call),
    );
    await judge([leafWith(1)], { ask, key: KEY, spender: SPENDER });
    expect(calls.map(call => [fieldOf(call, 'answer'), fieldOf(call, 'reference')])).toEqual([
      ['', ''],
      ['Apple, number 0, pear.', 'Apple, pear.'],
      ['', ''],
    ]);
  });

  test.each([
    ['cannot be solved', message('{"solvable":"no","solution":""}')],
    ['is answered with anything else', message('Certainly! Apple.')],
  ])('leaves open whether the answer agrees where the question %s', async (_, unsolved) => {
    const script: Script = call => (call.asked.length === 0 ? unsolved : honest(call));
    const { concerns, state } = await run([leafWith(1)], script);
    expect(concerns).toEqual([]);
    expect(state).toMatchObject({ unclear: 1, unsettled: [{ line: 5, criteria: ['agrees-with-reference'] }] });
  });

  test('a solution cannot be quoted against the contributor', async () => {
    const script: Script = call =>
      call.asked.length === 0
        ? message(solution('These are the words of a solution.'))
        : forging('These are the words of a solution.')(call);
    expect((await run([leafWith(1)], script)).concerns).toEqual([]);
  });

  test('asks skills and knowledge, with and without a context, by their own lists', async () => {
    const { ask, calls } = askScript(honest);
    const leaves = [
      leafOf([exampleOf({}), exampleOf({ context: 'A passage.' }, 1)]),
      leafOf([exampleOf({ context: 'A passage.' })], 'knowledge/comets/qna.yaml'),
    ];
    await judge(leaves, { ask, key: KEY, spender: SPENDER, limit: 1 });
    const ids = (kind: keyof typeof standardRubric.criteria) => standardRubric.criteria[kind].map(({ id }) => id);
    expect(calls.map(({ questions }) => questions).filter(questions => questions.length > 0)).toEqual([
      ids('freeform-skill'),
      ids('grounded-skill'),
      ids('knowledge'),
      ids('skill-file'),
      // The file of this test has no outline, so nothing can be asked about one.
      ids('knowledge-file').filter(id => id !== 'outline-fits-examples'),
    ]);
  });

  test('prepares nothing for examples that are too long, however many share their context', async () => {
    const context = 'lorem ipsum dolor '.repeat(42_000);
    const shared = exampleOf({ context });
    const leaf = leafOf(
      Array.from({ length: 1_500 }, (_, index) => ({
        ...shared,
        question: { ...shared.question, value: `q${index}` },
      })),
    );
    const begun = performance.now();
    const { state } = await run([leaf], honest);
    expect(state).toMatchObject({ type: 'gave-up', judged: 0, reason: expect.stringContaining('too long') });
    // It was eleven seconds of the one thread; comparing lengths takes a few milliseconds.
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  test('lets others have the thread before each example', async () => {
    const told: string[] = [];
    const { ask } = askScript(honest);
    const asking: Ask = (request, spender) => {
      told.push('ask');
      return ask(request, spender);
    };
    const pause = async () => {
      told.push('pause');
    };
    await judge([leafWith(2)], { ask: asking, key: KEY, spender: SPENDER, limit: 1, pause });
    expect(told).toEqual(['pause', 'ask', 'ask', 'pause', 'ask', 'ask', 'ask']);
  });

  test('says the same in the same order, whenever the replies come', async () => {
    const leaves = [leafWith(4), leafWith(3, 'compositional_skills/other/qna.yaml')];
    const script = objectsTo(['answer-complete', 'answers-the-question']);
    const { ask } = askScript(script);
    let waiting: (() => void)[] = [];
    // Whoever waits longest is answered last.
    const release = (): void => {
      const resolves = waiting.toReversed();
      waiting = [];
      for (const resolve of resolves) resolve();
    };
    const backwards: Ask = async (request, spender) => {
      await new Promise<void>(resolve => {
        waiting.push(resolve);
        if (waiting.length === 1) setImmediate(release);
      });
      return ask(request, spender);
    };
    const inOrder = await run(leaves, script);
    expect(await judge(leaves, { ask: backwards, key: KEY, spender: SPENDER, limit: 7 })).toEqual(inOrder);
    expect(inOrder.concerns.map(({ rule }) => rule).slice(0, 2)).toEqual([
      'judge/answers-the-question',
      'judge/answer-complete',
    ]);
  });

  test('keeps to its limit of calls at the same time', async () => {
    let running = 0;
    let most = 0;
    const ask: Ask = async request => {
      most = Math.max(most, (running += 1));
      await new Promise(resolve => setImmediate(resolve));
      running -= 1;
      return {
        outcome: 'ok',
        text: checklist(readPrompt(request.system, request.user)),
        model: 'm',
        usage: NO_TOKENS,
        isStored: true,
      };
    };
    const { state } = await judge([leafWith(20)], { ask, key: KEY, spender: SPENDER, limit: 3 });
    expect(most).toBe(3);
    expect(state).toMatchObject({ examples: 20, asked: 0 });
  });

  test.each(['transport', 'timeout', 'budget'] as const)('gives up on %s, and says how far it came', async outcome => {
    const { ask: good } = askScript(objectsTo(['answer-correct']));
    const ask: Ask = (request, spender) =>
      request.user.includes('pear, apple, number 2')
        ? failing(outcome, 'The reason.')(request, spender)
        : good(request, spender);
    const { concerns, state } = await judge([leafWith(4)], { ask, key: KEY, spender: SPENDER });
    const why = outcome === 'budget' ? { isBudget: true } : { isPassing: true };
    expect(state).toEqual({ type: 'gave-up', reason: 'The reason.', judged: 3, examples: 4, ...why });
    expect(concerns).toHaveLength(3);
  });

  test.each(['refused', 'truncated', 'filtered', 'malformed'] as const)(
    'counts a reply that is %s as unclear',
    async outcome => {
      const { ask: good } = askScript(honest);
      const ask: Ask = (request, spender) =>
        request.user.includes('pear, apple, number 2') ? failing(outcome)(request, spender) : good(request, spender);
      const { state } = await judge([leafWith(4)], { ask, key: KEY, spender: SPENDER });
      expect(state).toMatchObject({ type: 'judged', examples: 4, unclear: 1 });
      const none = await judge([leafWith(4)], { ask: failing(outcome), key: KEY, spender: SPENDER });
      expect(none).toEqual({ concerns: [], state: { type: 'gave-up', reason: 'Because.', judged: 0, examples: 4 } });
    },
  );

  test('is never content with replies that it could not read', async () => {
    const { state } = await run([leafWith(2)], () => ({ type: 'message', content: 'All good!' }));
    expect(state).toMatchObject({ type: 'gave-up', judged: 0 });
  });

  test('counts a no without words of the file as unclear', async () => {
    const { concerns, state } = await run([leafWith(2)], forging('These words stand nowhere.'));
    expect(concerns).toEqual([]);
    expect(state).toMatchObject({ type: 'judged', unclear: 2 });
    const [first] = state.type === 'judged' ? state.unsettled : [];
    expect(first).toMatchObject({ line: 5, criteria: ids, unfounded: ids });
  });

  test('is hardly fooled by a model that goes by the place of an example', async () => {
    const firstIsBest: Script = call => {
      const [first] = call.examples;
      return message(
        writeReply(call, example => (_, evidenceIn) => {
          const isFirst = example === first;
          return {
            evidence: isFirst ? '' : fieldOf(example, evidenceIn).slice(0, 60),
            verdict: isFirst ? 'yes' : 'no',
          };
        }),
      );
    };
    const { concerns } = await run([leafWith(100)], firstIsBest);
    // In a third of the calls it is right about ours by chance; a remark needs three such calls with the same answers.
    const remarked = new Set(concerns.map(({ location }) => location.line));
    expect(remarked.size).toBeLessThan(15);
  });

  test('does not take words of our own prompt for evidence', async () => {
    const quoting: Script = call => forging(call.system.slice(0, 150))(call);
    expect((await run([leafWith(2)], quoting)).concerns).toEqual([]);
  });

  test('does not send an example that is a book', async () => {
    const { ask, calls } = askScript(honest);
    const leaf = leafOf([exampleOf({ answer: 'word '.repeat(20_000) }), exampleOf({}, 1)]);
    const { state } = await judge([leaf], { ask, key: KEY, spender: SPENDER });
    expect(calls).toHaveLength(3);
    const unsettled = [{ line: 5, reason: 'It is too long to be sent to a model.' }];
    expect(state).toMatchObject({ type: 'judged', examples: 2, asked: 1, unclear: 1, unsettled });
  });

  test('believes nothing of a model that says yes to everything', async () => {
    const { concerns, state } = await run([leafWith(3)], alwaysYes);
    expect(concerns).toEqual([]);
    expect(state).toMatchObject({ type: 'gave-up', judged: 0, reason: expect.stringContaining('answers are known') });
  });

  test('a call in which the model is wrong about an example of ours counts for nothing', async () => {
    const wrongAboutGood: Script = call =>
      message(
        writeReply(call, ({ breaks, fields }) => (_, evidenceIn) => {
          const isGood = breaks?.length === 0;
          return isGood
            ? { evidence: fieldOf({ fields }, evidenceIn).slice(0, 50), verdict: 'no' }
            : { evidence: '', verdict: 'yes' };
        }),
      );
    const script: Script = call =>
      fieldOf(call, 'question').includes('number 1') ? wrongAboutGood(call) : honest(call);
    const { concerns, state } = await run([leafWith(3)], script);
    expect(concerns).toEqual([]);
    expect(state).toMatchObject({
      type: 'judged',
      unclear: 1,
      unsettled: [{ line: 15, criteria: [], reason: expect.stringContaining('answers are known') }],
    });
  });

  test.each([
    ['three votes agree', [true, true, true], 1],
    ['the third disagrees', [true, true, false], 0],
    ['the second disagrees', [true, false, true], 0],
  ])('says no only where %s', async (_, votes, remarks) => {
    const seen = new Map<string, number>();
    const script: Script = call => {
      const question = fieldOf(call, 'question');
      if (call.asked.length === 0 || question === '') return honest(call);
      const vote = seen.get(question) ?? 0;
      seen.set(question, vote + 1);
      return votes[vote] === true ? objectsTo(['answer-correct'])(call) : honest(call);
    };
    const { concerns, state } = await run([leafWith(1)], script);
    expect(concerns).toHaveLength(remarks);
    expect(state).toMatchObject({ type: 'judged', unclear: 1 - remarks });
  });

  test('has nothing to judge without examples', async () => {
    expect((await run([], honest)).state.type).toBe('nothing-to-judge');
  });
});

describe('leaves that may be judged', () => {
  const [first, second] = [leafWith(2), leafWith(2, 'compositional_skills/other/qna.yaml')];
  const concern = (rule: string, severity: Concern['severity'], path: string): Concern => ({
    rule,
    severity,
    message: 'm',
    location: { path, line: 1, column: 1 },
    yamlPath: '.',
  });

  test('are those without errors', () => {
    expect(leavesToJudge([first, second], [concern('schema/type', 'error', first.path)])).toEqual([second]);
    expect(leavesToJudge([first, second], [concern('schema/deprecated-version', 'note', first.path)])).toHaveLength(2);
  });

  test.each(['screen/secret', 'screen/personal-data'])('are not those with %s, however light', rule => {
    expect(leavesToJudge([first, second], [concern(rule, 'note', second.path)])).toEqual([first]);
    const attribution = 'compositional_skills/other/attribution.txt';
    expect(leavesToJudge([first, second], [concern(rule, 'question', attribution)])).toEqual([first]);
  });
});
