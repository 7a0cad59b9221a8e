import type { Ask, ModelReply, ModelRequest } from '../../../src/core/judge/model.ts';
import { standardRubric } from '../../../src/core/judge/rubric.ts';
import type { PrecheckOptions } from '../../../src/core/precheck/precheck.ts';
import { KEY, SPENDER } from '../judge/example-leaf.ts';

const usage = { promptTokens: 0, completionTokens: 0 };

export const ok = (text: string): ModelReply => ({ outcome: 'ok', text, model: 'scripted', usage, isStored: false });

/** A judge that compares letter for letter, and whose own solution is always this text. */
export const exactGrader =
  (solution = 'Another way.'): Ask =>
  ({ user, schema }) => {
    if (schema?.name === 'solution') return Promise.resolve(ok(JSON.stringify({ solvable: 'yes', solution })));
    const [, id = ''] = /^The id of this message is ([0-9a-f]+)\./.exec(user) ?? [];
    const texts = new Map(
      [...user.matchAll(new RegExp(`^BEGIN ${id} (\\S+) reference\\n([\\s\\S]*?)\\nEND ${id}$`, 'gm'))].map(
        ([, name = '', text = '']) => [name, text],
      ),
    );
    const sameAs = (text: string, name: string): string =>
      texts.has(name) ? (texts.get(name) === text ? 'yes' : 'no') : 'cannot_tell';
    const grades = [...texts]
      .filter(([name]) => name.startsWith('answer-'))
      .map(([name, text]) => [
        name,
        { as_contributed: sameAs(text, 'contributed'), as_solved: sameAs(text, 'solved') },
      ]);
    return Promise.resolve(ok(JSON.stringify(Object.fromEntries(grades))));
  };

/** Options with a student that answers by this function. */
export const optionsWith = (
  answer: (request: ModelRequest) => string | ModelReply,
  changes: Partial<PrecheckOptions> = {},
): PrecheckOptions => ({
  student: {
    model: 'student-7b',
    ask: request => {
      const given = answer(request);
      return Promise.resolve(typeof given === 'string' ? ok(given) : given);
    },
  },
  ask: exactGrader(),
  key: KEY,
  spender: SPENDER,
  rubric: standardRubric,
  ...changes,
});
