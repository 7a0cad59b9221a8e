import { MAX_HITS } from '../parse/limits.ts';
import type { Span } from './span.ts';

export type HiddenKind =
  | 'an invisible character'
  | 'a control of text direction'
  | 'a tag character'
  | 'a variation selector'
  | 'a control character';

/** Everything that may be unseen, in runs. What is in order among them is told below. */
const candidates =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- each unseen character is meant by itself
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]+/gu;

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Scripts in which joiners decide how letters are written. */
const joined =
  /^[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]$/u;

/** England, Scotland, Wales: the only flags that Unicode recommends to write with tags (emoji-sequences, RGI_Emoji_Tag_Sequence). */
const flags: ReadonlySet<string> = new Set(
  ['gbeng', 'gbsct', 'gbwls'].map(region =>
    String.fromCodePoint(...Array.from(region, letter => 0xe0000 + (letter.codePointAt(0) ?? 0)), 0xe007f),
  ),
);

/**
 * Characters that people cannot see but a model reads: zero-width ones, overrides of direction, tags, hidden bytes in variation
 * selectors, controls. Not: what emoji are made of, joiners of scripts that need them, direction marks beside right-to-left
 * letters, variants of ideographs, a byte-order mark at the start. At most 20 runs. Linear in the text.
 */
export function hiddenCharactersIn(text: string): readonly Span<HiddenKind>[] {
  const found: Span<HiddenKind>[] = [];
  const isRightToLeft = lineTest(text, rightToLeft);
  for (const { 0: run, index } of text.matchAll(candidates)) {
    const before = characterBefore(text, index);
    const after = String.fromCodePoint(text.codePointAt(index + run.length) ?? 0x20);
    const isInOrder =
      (index === 0 && run === '\ufeff') ||
      isEmojiPart(run, before, after) ||
      isJoiner(run, before, after) ||
      isVariant(run, before) ||
      // oxlint-disable-next-line no-misleading-character-class -- marks of direction, each by itself
      (/^[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069\u034f]{1,3}$/u.test(run) && isRightToLeft(index)) ||
      (/^[\u115f\u1160]$/u.test(run) && /^[\u1100-\u11ff]$/u.test(run === '\u115f' ? after : before));
    if (isInOrder) continue;
    found.push({ start: index, end: index + run.length, kind: kindOf(run) });
    if (found.length >= MAX_HITS) break;
  }
  return found;
}

function isEmojiPart(run: string, before: string, after: string): boolean {
  const isPicture = /^[\p{Emoji}\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u;
  if (run === '\ufe0f' || run === '\ufe0e') return isPicture.test(before);
  if (run === '\u200d' || run === '\ufe0f\u200d') {
    return isPicture.test(before) && /^[\p{Extended_Pictographic}\p{Emoji_Presentation}]$/u.test(after);
  }
  return before === '\u{1f3f4}' && flags.has(run);
}

const isJoiner = (run: string, before: string, after: string): boolean =>
  /^[\u200c\u200d]$/u.test(run) && (joined.test(before) || (/^\p{M}$/u.test(before) && joined.test(after)));

/** One selector after what has variants: ideographs, mathematical and other symbols, Mongolian letters. */
const isVariant = (run: string, before: string): boolean =>
  (/^[\ufe00-\ufe02\u{e0100}-\u{e01ef}]$/u.test(run) && /^\p{Unified_Ideograph}$/u.test(before)) ||
  (run === '\ufe00' && /^\p{Sm}$/u.test(before)) ||
  (/^[\u180b-\u180f]$/u.test(run) && /^\p{Script=Mongolian}$/u.test(before)) ||
  (/^[\u17b4\u17b5]$/u.test(run) && /^\p{Script=Khmer}$/u.test(before));

function kindOf(run: string): HiddenKind {
  if (/[\u{e0000}-\u{e007f}]/u.test(run)) return 'a tag character';
  if (/[\u202a-\u202e\u2066-\u2069\u061c\u200e\u200f]/u.test(run)) return 'a control of text direction';
  if (/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u.test(run)) return 'a variation selector';
  // oxlint-disable-next-line no-control-regex -- control characters are what is told
  return /[\x00-\x1f\x7f-\x9f]/u.test(run) ? 'a control character' : 'an invisible character';
}

function characterBefore(text: string, index: number): string {
  if (index === 0) return ' ';
  const unit = text.charCodeAt(index - 1);
  const isLowHalf = unit >= 0xdc00 && unit <= 0xdfff;
  return text.slice(Math.max(0, index - (isLowHalf ? 2 : 1)), index);
}

/** Tells of an offset whether its line matches. Looks at each line once, however many offsets of it are asked for in order. */
function lineTest(text: string, pattern: RegExp): (offset: number) => boolean {
  let from = 0;
  let to = -1;
  let matches = false;
  return offset => {
    if (offset > to) {
      from = text.lastIndexOf('\n', offset) + 1;
      const next = text.indexOf('\n', offset);
      to = next === -1 ? text.length : next;
      matches = pattern.test(text.slice(from, to));
    }
    return matches;
  };
}
