import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Leaf } from '../../src/core/contribution.ts';
import { judge } from '../../src/core/judge/judge.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { askScript, harmIn, run } from '../core/judge/ask-script.ts';
import { KEY, SPENDER, exampleOf, leafOf, textAt } from '../core/judge/example-leaf.ts';
import { hostileText } from '../core/hostile-text.ts';
import { obedient } from '../simulator/model/obedient.ts';
import { fieldOf } from '../simulator/model/read-prompt.ts';
import { alwaysYes, checklist, hostileTexts, malicious, message, solution } from '../simulator/model/scripts.ts';
import type { Script } from '../simulator/model/start-model.ts';
import { hasRecordedAttacks, own, recordedAttacks } from './attacks.ts';
import { harmInPlan } from './harm-in-plan.ts';
import { planOf } from './reviewed.ts';

const noJudge = { concerns: [], state: { type: 'not-configured' as const } };

/** Judges with a script, and tells what the contributor or the model has reached that must not be reached. */
async function harmBy(leaves: readonly Leaf[], script: Script): Promise<readonly string[]> {
  const judgement = await run(leaves, script);
  const plan = planOf(leaves, judgement);
  return [...harmIn(judgement.concerns, leaves), ...harmInPlan(plan, planOf(leaves, noJudge), defaultPolicy)];
}

const attackedLeaf = (attack: string, index: number): Leaf =>
  leafOf([exampleOf({ answer: `Berlin, of course.\n\n${attack}` })], `compositional_skills/a${index}/qna.yaml`);

const verdicts = ['yes', 'no', 'no', 'no', 'cannot_tell', 'approve'] as const;

/** Any reply in the right form, with quotes that are forged, hostile or real; right about our own examples. */
const replies = fc
  .record({
    verdicts: fc.array(fc.constantFrom(...verdicts), { minLength: 3, maxLength: 11 }),
    quotes: fc.array(fc.oneof(fc.constantFrom(...hostileTexts), hostileText, fc.constant('real')), {
      minLength: 3,
      maxLength: 11,
    }),
    around: fc.constantFrom('', '', '', ...hostileTexts),
  })
  .map(({ verdicts: said, quotes, around }): Script => call => {
    const at = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length];
    const answers = call.asked.map(({ id, evidenceIn }, index) => {
      const quote = at(quotes, index) ?? '';
      const evidence = quote === 'real' ? fieldOf(call, evidenceIn).slice(0, 120) : quote;
      return [id, { evidence, verdict: at(said, index) ?? 'no' }] as const;
    });
    if (call.asked.length === 0) return message(solution(at(quotes, 1) ?? ''));
    return message(`${around}${checklist(call, Object.fromEntries(answers))}`);
  });

const leaves = fc
  .array(fc.record({ question: hostileText, answer: hostileText }), { minLength: 5, maxLength: 5 })
  .chain(examples =>
    hostileText.map((description): Leaf => ({
      ...leafOf(examples.map((example, index) => exampleOf(example, index))),
      taskDescription: textAt(description, '.task_description', 3),
    })),
  );

describe('whatever contributor and model write together', () => {
  test('only labels of the closed map, nothing of their own on the page, no block: 2,000 examples', async () => {
    await fc.assert(
      fc.asyncProperty(leaves, replies, async (leaf, script) => {
        expect(await harmBy([leaf], script)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('the same by a model that goes through every way of being hostile', async () => {
    const many = Array.from({ length: 24 }, (_, index) =>
      leafOf(
        hostileTexts.slice(0, 6).map((text, at) => exampleOf({ question: `${index} ${text}`, answer: text }, at)),
        `compositional_skills/a${index}/qna.yaml`,
      ),
    );
    expect(await harmBy(many, malicious)).toEqual([]);
  });

  test('and this test would notice', () => {
    const leaf = leafOf([exampleOf({})]);
    const bare = planOf([leaf], noJudge);
    const harm = harmInPlan(
      {
        ...bare,
        comment:
          'Hi @ines, see [this](https://evil.example/) <b>now</b> ![x](https://evil.example/y.png)\n\n/assay review',
        labels: {
          present: ['triage-approved', 'triage-requested-changes'],
          absent: [],
          exclusive: [],
          colours: {},
        },
        checks: bare.checks.map(check => ({ ...check, conclusion: 'failure' as const })),
      },
      bare,
      defaultPolicy,
    );
    expect(harm).toEqual([
      'the label triage-approved',
      'the label triage-requested-changes',
      'another conclusion of the rules',
      'a block by an uncertified question',
      'a command',
      expect.stringContaining('@'),
      'a link to https://evil.example/',
      'HTML <b>',
      'HTML </b>',
      'image',
    ]);
  });

  test('two runs over the same files and replies give the same comment to the byte', async () => {
    const attacked = own.map(({ text }, index) =>
      leafOf([exampleOf({ answer: text })], `compositional_skills/a${index}/qna.yaml`),
    );
    const [first, second] = await Promise.all([1, 2].map(async () => planOf(attacked, await run(attacked, malicious))));
    expect(first?.comment).toBe(second?.comment);
    expect(first).toEqual(second);
  });
});

describe(`attacks of our own${hasRecordedAttacks ? ' and recorded ones' : ' (the recorded ones are not here: skipped)'}`, () => {
  const attacks = [...own, ...recordedAttacks()];
  const models = [obedient('praises-all'), obedient('praises-its-own'), obedient('gives-up'), alwaysYes];

  /** Each with its own model; all models with all attacks are too many for here, and run by `npm run eval:injection`. */
  test('reach nothing with a model that obeys or is lazy', async () => {
    const harm: string[] = [];
    for (let at = 0; at < attacks.length; at += 25) {
      const batch = attacks.slice(at, at + 25).map(({ text }, index) => attackedLeaf(text, at + index));
      harm.push(...(await harmBy(batch, models[(at / 25) % models.length] ?? alwaysYes)));
    }
    expect(harm).toEqual([]);
  });

  test('reach nothing with a model that is malicious', async () => {
    expect(
      await harmBy(
        own.map(({ text }, index) => attackedLeaf(text, index)),
        malicious,
      ),
    ).toEqual([]);
  });

  test('stay between the delimiters', async () => {
    const { ask, calls } = askScript(objectToNothing);
    const attacked = attacks.map(({ text }, index) =>
      leafOf([exampleOf({ answer: text })], `compositional_skills/a${index}/qna.yaml`),
    );
    await judge(attacked, { ask, key: KEY, spender: SPENDER });
    const names = calls.filter(({ isSorted }) => isSorted).map(({ fields }) => fields.map(({ name }) => name).join());
    expect(new Set(names)).toEqual(new Set(['task_description,question,reference,answer']));
    expect(names).toHaveLength(attacks.length);
  });

  const objectToNothing: Script = call => message(checklist(call));
});
