import { z } from 'zod';
import type { Criterion } from './rubric.ts';

/** What the model says to one question. `quote` is what it claims to have copied: worth nothing until it is found in the file. */
export type Answer = { readonly verdict: 'yes' | 'no' | 'cannot_tell'; readonly quote: string };

/** What can be read from a reply: an answer to every criterion, or none. */
export type Reading =
  | { readonly outcome: 'ok'; readonly answers: ReadonlyMap<string, Answer> }
  | { readonly outcome: 'malformed' | 'schema_mismatch' };

/** Ten items with long quotes take 5 kB; a reply beyond this is not an answer. UTF-16 units. */
const MAX_REPLY_LENGTH = 200_000;

const answerSchema = z.strictObject({ evidence: z.string(), verdict: z.enum(['yes', 'no', 'cannot_tell']) });
const repliesSchema = z.record(z.string(), answerSchema);

/** JSON Schema of the reply. Evidence stands before the verdict because models write the fields in this order. */
export const replySchema = (criteria: readonly Criterion[]): Readonly<Record<string, unknown>> => ({
  type: 'object',
  properties: Object.fromEntries(
    criteria.map(({ id }) => [
      id,
      {
        type: 'object',
        properties: { evidence: { type: 'string' }, verdict: { type: 'string', enum: ['yes', 'no', 'cannot_tell'] } },
        required: ['evidence', 'verdict'],
        additionalProperties: false,
      },
    ]),
  ),
  required: criteria.map(({ id }) => id),
  additionalProperties: false,
});

/**
 * Reads a reply, however it is wrapped: thoughts before it, a code fence or prose around it. There must be exactly one JSON
 * object, and it must have every criterion, nothing else, and only the allowed words. Takes anything; never throws.
 */
export function readReply(criteria: readonly Criterion[], text: string): Reading {
  const object = text.length > MAX_REPLY_LENGTH ? undefined : onlyObject(text);
  if (object === undefined) return { outcome: 'malformed' };
  const parsed = repliesSchema.safeParse(object);
  // Counted on what came: a copy may have lost odd keys.
  const isWhole =
    Object.keys(object).length === criteria.length && criteria.every(({ id }) => Object.hasOwn(object, id));
  if (!parsed.success || !isWhole) return { outcome: 'schema_mismatch' };
  return {
    outcome: 'ok',
    answers: new Map(
      Object.entries(parsed.data).map(([id, { evidence, verdict }]) => [id, { verdict, quote: evidence }]),
    ),
  };
}

function onlyObject(text: string): object | undefined {
  // Whole first: a quote inside the JSON may itself contain a closing tag or braces.
  const reply = /^\s*<think>/.test(text) ? after('</think>', text, text.indexOf('</think>')) : text;
  return theObjectIn(reply) ?? theObjectIn(after('</think>', reply, reply.lastIndexOf('</think>')));
}

/** Some chat templates swallow the opening tag of thoughts; then all that stands before the last closing one is thought. */
const after = (tag: string, text: string, at: number): string => (at === -1 ? text : text.slice(at + tag.length));

function theObjectIn(text: string): object | undefined {
  const whole = parseObject(text);
  if (whole !== undefined) return whole;
  const objects = balancedSpans(text).flatMap(span => parseObject(span) ?? []);
  return objects.length === 1 ? objects[0] : undefined;
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The outermost `{…}` spans, braces in strings not counted. One pass; what is left open at the end is not a span. */
function balancedSpans(text: string): readonly string[] {
  const spans: string[] = [];
  let depth = 0;
  let start = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isInString) {
      if (character === '\\') index += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = depth > 0;
    else if (character === '{') {
      if (depth === 0) start = index;
      depth += 1;
    } else if (character === '}' && depth > 0) {
      depth -= 1;
      if (depth === 0) spans.push(text.slice(start, index + 1));
    }
  }
  return spans;
}
