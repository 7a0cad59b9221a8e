import { MAX_HITS } from '../parse/limits.ts';
import type { Folded } from './fold.ts';
import type { Span } from './span.ts';

/** `named`: nothing else is called so. `perhaps`: also a poet, a constellation, a first name; something near it speaks of models. */
export type ModelName = 'named' | 'perhaps';

/** Names that only products of others have. "palm 2" and "bard" alone are not among them. */
const unambiguous =
  /\b(?:chat ?-?gpts?|gpt ?-? ?(?:3(?:\.5)?|4(?:\.[0-9])?|4o|5)(?: ?-?(?:turbo|mini))?|instructgpt|google(?:'s)? (?:bard|gemini)|bard ai|gemini (?:pro|ultra|nano|flash)|claude ?-?(?:[1-4](?:\.\d)?|instant|opus|sonnet|haiku)|bing chat|(?:github|microsoft) copilot)\b/gu;

const ambiguous = /\b(?:bard|gemini|claude|copilot|grok|anthropic(?! principle)|open ?ai|gpt)\b/gu;

/** What tells that a model is meant. Names of companies count, first names do not. */
const cue =
  /\b(?:llms?|language models?|ai|a\.i\.|chat ?bots?|models?|chat|google|anthropic|open ?ai|microsoft|xai|prompt(?:ed|s)?|generated (?:by|with|using)|api)\b/u;

/** How far a cue may stand from a name, in characters: judge of names by their neighbours, not by the whole file. */
const REACH = 60;

/**
 * Names of language models that others own, which the taxonomy asks to remove. An ambiguous name counts only with a cue within 60
 * characters before or after it that is not the name itself. At most 20 of a kind. Linear in the text.
 */
export function modelNamesIn({ text, start, end }: Folded): readonly Span<ModelName>[] {
  const place = (at: number, length: number, kind: ModelName) => ({
    start: start(at),
    end: end(at + length - 1),
    kind,
  });
  const named = [...text.matchAll(unambiguous).take(MAX_HITS)].map(({ 0: name, index }) =>
    place(index, name.length, 'named'),
  );
  const perhaps: Span<ModelName>[] = [];
  for (const { 0: name, index } of text.matchAll(ambiguous)) {
    if (perhaps.length >= MAX_HITS) break;
    if (named.some(each => each.start <= start(index) && start(index) < each.end)) continue;
    const near = `${text.slice(Math.max(0, index - REACH), index)} . ${text.slice(index + name.length, index + name.length + REACH)}`;
    if (near.search(cue) === -1) continue;
    perhaps.push(place(index, name.length, 'perhaps'));
  }
  return [...named, ...perhaps].sort((a, b) => a.start - b.start);
}
