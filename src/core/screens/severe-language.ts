import { MAX_HITS } from '../parse/limits.ts';
import type { Folded } from './fold.ts';
import type { Span } from './span.ts';

/** `severe`: slurs and threats, which a person must look at. `coarse`: swearing, of which people are told. */
export type Language = 'severe' | 'coarse';

const rot13 = (text: string): string =>
  text.replaceAll(/[a-z]/g, letter => String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97));

/**
 * The words are turned by 13 letters, so that whoever reads or searches this code does not meet them. There are few: long lists
 * flagged 2.6 % of accepted files, nearly all by names, Latin and puns. Left out is what has a decent meaning too.
 */
const severeWords = rot13(
  'avttre avttref avttn avttnf snttbg snttbgf xvxr xvxrf tbbx tbbxf jrgonpx jrgonpxf enturnq enturnqf genaal genaavrf furznyr fnaqavttre xlf',
).split(' ');
const coarseWords = rot13(
  'shpx shpxf shpxrq shpxre shpxref shpxvat zbgureshpxre zbgureshpxref zbgureshpxvat fuvg fuvgf fuvggl ohyyfuvg phag phagf ovgpu ovgpurf ovgpuvat nffubyr nffubyrf qvpxurnq qvpxurnqf juber juberf fyhg fyhgf jnaxre jnaxref gjng gjngf ergneq ergneqf ergneqrq',
).split(' ');
const words: ReadonlyMap<string, Language> = new Map([
  ...severeWords.map(word => [word, 'severe'] as const),
  ...coarseWords.map(word => [word, 'coarse'] as const),
]);

/** Threats and calls for violence. Each word alone is decent. */
const phrases = rot13('xvyy lbhefrys|tnf gur wrjf|puvyq cbea|encr lbh|encr ure|v jvyy xvyy lbh|ubcr lbh qvr').split(
  '|',
);

/** Runs of what stands for letters. An exclamation mark ends a word unless a letter follows. */
const tokens = /[\p{L}\p{N}@$]+(?:![\p{L}\p{N}@$]+)*/gu;

const isLetter = /[\p{L}\p{N}]/u;

const letterOf: ReadonlyMap<string, string> = new Map([
  ['0', 'o'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 't'],
  ['8', 'b'],
  ['9', 'g'],
  ['@', 'a'],
  ['$', 's'],
  ['!', 'i'],
]);

/**
 * Whole words of the list, in whatever case, letters or digits they are dressed. At most 20 of a kind, so that swearing in plenty
 * hides no slur. Linear in the text. Not inside other words: places and surnames hold many of them.
 */
export function severeLanguageIn({ text, start, end }: Folded): readonly Span<Language>[] {
  const found: Record<Language, Span<Language>[]> = { severe: [], coarse: [] };
  const add = (at: number, length: number, kind: Language) => {
    if (found[kind].length < MAX_HITS) found[kind].push({ start: start(at), end: end(at + length - 1), kind });
  };
  for (const phrase of phrases) {
    let at = text.indexOf(phrase);
    while (at !== -1 && found.severe.length < MAX_HITS) {
      if (!isLetter.test(text.charAt(at - 1)) && !isLetter.test(text.charAt(at + phrase.length)))
        add(at, phrase.length, 'severe');
      at = text.indexOf(phrase, at + phrase.length);
    }
  }
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token.length > MAX_WORD) continue;
    const kind = words.get(token) ?? disguised(token);
    if (kind !== undefined) add(index, token.length, kind);
  }
  return [...found.severe, ...found.coarse].sort((a, b) => a.start - b.start);
}

/** With digits read as the letters they look like; a one is an i or an l. Numbers and units alone are no words. */
function disguised(token: string): Language | undefined {
  if (!/[^a-z]/u.test(token) || !/[a-z].*[a-z]/u.test(token)) return undefined;
  const plain = Array.from(token, character => letterOf.get(character) ?? character).join('');
  return words.get(plain.replaceAll('1', 'i')) ?? words.get(plain.replaceAll('1', 'l'));
}

/** No word of the list is longer. */
const MAX_WORD = 24;
