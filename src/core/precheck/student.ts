import type { SeedExample } from '../contribution.ts';
import type { ModelRequest } from '../judge/model.ts';
import { visible } from '../judge/visible.ts';

/** How often a student is asked each question: it varies, and one answer says little. */
export const TRIES = 3;

const MAX_COMPLETION_TOKENS = 1_000;

/** Longer questions are not asked. UTF-16 units. */
const MAX_LENGTH = 30_000;

/**
 * The question as anybody would ask it: the context if there is one, then the question, and not a word of ours. Undefined for one
 * that is too long. `sample` counts the tries from 1.
 */
export function writeQuestion({ context, question }: SeedExample, sample: number): ModelRequest | undefined {
  const user = [context, question].flatMap(text => (text === undefined ? [] : [visible(text.value)])).join('\n\n');
  if (user.length > MAX_LENGTH) return undefined;
  return { system: '', user, maxCompletionTokens: MAX_COMPLETION_TOKENS, sample };
}

/** What the student says, without the thoughts that some models write before it. */
export const readAnswer = (reply: string): string => {
  const end = reply.lastIndexOf('</think>');
  return reply.slice(end === -1 ? 0 : end + '</think>'.length).trim();
};
