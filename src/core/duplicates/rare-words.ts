import { foldText } from './fold.ts';
import { isFunctionWord, wordsOf } from './words.ts';

/** Words of one text by which it can be found: rewordings share a few, and the rarest say most. */
export const MAX_INDEXED_WORDS = 16;

/** Words that are looked up for one text. */
const MAX_TELLING_WORDS = 64;

/** The different words of a text that say what it is about, in their order, `MAX_TELLING_WORDS` at most. Folded and stemmed. */
export function tellingWords(text: string): readonly string[] {
  const words = new Set<string>();
  for (const word of wordsOf(foldText(text))) {
    if (words.size === MAX_TELLING_WORDS) break;
    if (!isFunctionWord(word)) words.add(word);
  }
  return [...words];
}

/**
 * How much a word that is in `frequency` of `size` texts says about the ones that have it: the inverse document frequency
 * (Spärck Jones 1972), smoothed so that it is positive. In nats.
 */
export const rarity = (frequency: number, size: number): number => Math.log(1 + size / (1 + frequency));
