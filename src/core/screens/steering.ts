import { MAX_HITS } from '../parse/limits.ts';
import { fold, type Folded } from './fold.ts';
import { hiddenCharactersIn } from './hidden-characters.ts';
import { instructions } from './instructions.ts';
import type { Span } from './span.ts';

/**
 * `hidden-character`: unseen by people. `chat-token`: ends or begins a turn for a model. `pipeline-tag`: a delimiter or score of the
 * pipeline that makes synthetic data. `instruction`: words that speak to a model or a judge rather than to a reader.
 */
export type SteeringKind = 'hidden-character' | 'chat-token' | 'pipeline-tag' | 'instruction';

/** Turn marks of the chat templates of Granite, Llama, Mistral, Gemma, Qwen, Phi, DeepSeek and ChatML. The text is folded. */
const chatTokens =
  /<\| ?[a-z][a-z0-9_▁]{1,30} ?\|>|\[\/?inst\]|<<\/?sys>>|<(?:start|end)_of_turn>|<(?:bos|eos)>|\[gmask\]|<\/s> ?<s>|<s> ?(?=\[inst\])/gu;

/** Delimiters of the prompts of instructlab/sdg, which reads scores between them, and scores as MT-Bench reads them. */
const pipelineTags =
  /\[(?:start|end) of (?:the )?(?:question|answer|context|score|evaluation|document|documents|response|assistant|conversation|reference|seed|output|input|explanation|facts?|summary|outline|data)\b[a-z' ]{0,24}\]|\[\[(?:rating|\d{1,2}(?:\.\d)?|[abc])\]\]/gu;

/**
 * Places that could steer a model that reads the text, in the order of the text; at most 20 of a kind. Letters are compared as people
 * see them, so case, look-alike letters and zero-width characters hide nothing. Linear in the text. Spans of different kinds
 * may overlap. Telling that a text is harmless is not what this can do: most attacks in plain words pass.
 */
export function steeringIn(text: string, folded: Folded = fold(text)): readonly Span<SteeringKind>[] {
  const hidden = hiddenCharactersIn(text).map(({ start, end }) => ({ start, end, kind: 'hidden-character' as const }));
  return [
    ...hidden,
    ...spansOf(folded, [chatTokens], 'chat-token'),
    ...spansOf(folded, [pipelineTags], 'pipeline-tag'),
    ...spansOf(folded, instructions, 'instruction'),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The same place found by two patterns of a kind is one span. */
function spansOf<Kind extends string>(folded: Folded, patterns: readonly RegExp[], kind: Kind): readonly Span<Kind>[] {
  const spans = patterns
    .flatMap(pattern => [...folded.text.matchAll(pattern).take(MAX_HITS)])
    .map(({ 0: match, index }) => ({
      start: folded.start(index),
      end: folded.end(index + match.length - 1),
      kind,
    }))
    .sort((a, b) => a.start - b.start);
  const apart: Span<Kind>[] = [];
  for (const span of spans) {
    const last = apart.at(-1);
    if (last === undefined || span.start >= last.end) apart.push(span);
    else if (span.end > last.end) apart[apart.length - 1] = { ...last, end: span.end };
  }
  return apart.slice(0, MAX_HITS);
}
