import * as fc from 'fast-check';
import type { Leaf } from '../../src/core/contribution.ts';
import { exampleOf, leafOf, textAt } from '../core/judge/example-leaf.ts';
import { hostileText } from '../core/hostile-text.ts';
import { fieldOf } from '../simulator/model/read-prompt.ts';
import { checklist, hostileTexts, message, solution } from '../simulator/model/scripts.ts';
import type { Script } from '../simulator/model/start-model.ts';

/** Seed examples in each generated leaf. */
export const EXAMPLES = 5;

/** A leaf of five examples and a task description by somebody who knows Markdown, GitHub and this code. */
export const hostileLeaf: fc.Arbitrary<Leaf> = fc
  .array(fc.record({ question: hostileText, answer: hostileText }), { minLength: EXAMPLES, maxLength: EXAMPLES })
  .chain(examples =>
    hostileText.map(description => ({
      ...leafOf(examples.map((example, index) => exampleOf(example, index))),
      taskDescription: textAt(description, '.task_description', 3),
    })),
  );

/**
 * A model that replies in the right form, mostly, with quotes that are forged, hostile or real, and is right about our own
 * examples: all that an attacker could want of it.
 */
export const hostileModel: fc.Arbitrary<Script> = fc
  .record({
    verdicts: fc.array(fc.constantFrom('yes', 'no', 'no', 'no', 'cannot_tell', 'approve'), {
      minLength: 3,
      maxLength: 11,
    }),
    quotes: fc.array(fc.oneof(fc.constantFrom(...hostileTexts), hostileText, fc.constant('real')), {
      minLength: 3,
      maxLength: 11,
    }),
    around: fc.constantFrom('', '', '', ...hostileTexts),
  })
  .map(({ verdicts, quotes, around }): Script => call => {
    const at = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length];
    if (call.asked.length === 0) return message(solution(at(quotes, 1) ?? ''));
    const answers = call.asked.map(({ id, evidenceIn }, index) => {
      const quote = at(quotes, index) ?? '';
      const evidence = quote === 'real' ? fieldOf(call, evidenceIn).slice(0, 120) : quote;
      return [id, { evidence, verdict: at(verdicts, index) ?? 'no' }] as const;
    });
    return message(`${around}${checklist(call, Object.fromEntries(answers))}`);
  });
