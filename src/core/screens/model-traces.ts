import { MAX_HITS } from '../parse/limits.ts';
import type { Folded } from './fold.ts';
import type { Span } from './span.ts';

/** `disclosure`: a model speaks of itself. `template`: a placeholder that the templates of the pipeline could fill in. */
export type ModelTrace = 'disclosure' | 'template';

/**
 * Only what a model says of itself word for word. Detectors of style flag people who write in a second language (Liang et al.
 * 2023: 61 % of TOEFL essays), so there is none.
 */
const disclosures =
  /\bas an? (?:ai|artificial intelligence|large language model|language model)(?: (?:language )?(?:model|assistant|chatbot))?,? (?:i|my)\b|\b(?:i am|i'm) (?:just |only )?an? (?:ai language model|large language model|language model)\b|\bmy (?:knowledge|training) cut-?off\b|\bmy last (?:knowledge|training) update\b/gu;

/** Jinja, in which the prompts of instructlab/sdg are written. Ansible and Helm texts hold the same, so this only tells. */
const templates = /\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}/gu;

/** Traces of a model or of its prompts in a text, at most 20 of a kind. Linear in the text. */
export const modelTracesIn = ({ text, start, end }: Folded): readonly Span<ModelTrace>[] =>
  ([['disclosure', disclosures] as const, ['template', templates] as const] as const).flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern).take(MAX_HITS)].map(({ 0: match, index }) => ({
      start: start(index),
      end: end(index + match.length - 1),
      kind,
    })),
  );
