import { align } from '../duplicates/align.ts';
import { foldText } from '../duplicates/fold.ts';
import { escapeText, plainText } from '../escape.ts';
import { cutText } from '../limits.ts';

/** Of each text, in UTF-8 bytes: enough to see what differs. */
const MAX_SHOWN = 300;

/** Two texts as a line each, with the words that differ in bold. Case and punctuation are no difference to look at. */
export function renderCompared({ here, there }: { readonly here: string; readonly there: string }): readonly string[] {
  const [ours, theirs] = [shownWords(here), shownWords(there)];
  const { gaps, common } = align(ours.map(bare), theirs.map(bare));
  // Where nothing is common, bold would be all of it and say nothing.
  const marked = common === 0 ? [] : gaps;
  return [
    `Here: “${mark(
      ours,
      marked.map(({ a, fromA }) => ({ from: fromA, to: fromA + a.length })),
    )}”`,
    `There: “${mark(
      theirs,
      marked.map(({ b, fromB }) => ({ from: fromB, to: fromB + b.length })),
    )}”`,
  ];
}

const shownWords = (text: string): readonly string[] => cutText(plainText(text), MAX_SHOWN).split(' ');

const bare = (word: string): string => foldText(word).replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '') || word;

function mark(words: readonly string[], stretches: readonly { readonly from: number; readonly to: number }[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to } of stretches) {
    pieces.push(escapeText(words.slice(at, from).join(' ')));
    const differing = escapeText(words.slice(from, to).join(' '));
    pieces.push(differing === '' ? '' : `<b>${differing}</b>`);
    at = to;
  }
  pieces.push(escapeText(words.slice(at).join(' ')));
  return pieces.filter(piece => piece !== '').join(' ');
}
