/**
 * GitHub's limits on what we write. It counts bytes for check runs and characters for comments; we count UTF-8 bytes for both,
 * which is never more than it allows. Source: GitHub's OpenAPI description; `maximum is 65536 characters` in its own 422.
 */
export const MAX_CHECK_TEXT = 65_535;
export const MAX_COMMENT = 65_536;
export const MAX_ANNOTATION_MESSAGE = 65_536;
export const MAX_TITLE = 255;

/** Room for the sentence that says how much was left out. */
const NOTE_BYTES = 48;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Length in UTF-8 of a well-formed text. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // A surrogate pair is two units and four bytes, so each half brings one more.
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

/**
 * The text if it fits into that many bytes; otherwise its beginning, cut between two characters as people see them, and how many
 * were left out. `maxBytes` must be at least 64. Cut first and escape afterwards: half an escape is none.
 */
export function cutText(text: string, maxBytes: number): string {
  if (byteLength(text) <= maxBytes) return text;
  const room = maxBytes - NOTE_BYTES;
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += byteLength(character);
    if (bytes > room) break;
    end += character.length;
  }
  const start = graphemes.segment(text).containing(end)?.index ?? 0;
  let left = 0;
  for (const _ of text.slice(start)) left++;
  return `${text.slice(0, start).trimEnd()} … (${thousands(left)} more characters)`;
}

/** How much a list may take up. */
export type Room = { readonly maxBytes: number; readonly maxLines?: number };

/**
 * As many of the lines as there is room for, joined by line breaks; those left out of `total` are counted by one more line. Whole
 * lines only, so that finished Markdown is never cut in the middle. Lines are asked for one by one, and no more than needed.
 */
export function fitLines(
  lines: Iterable<string>,
  total: number,
  { maxBytes, maxLines = Number.POSITIVE_INFINITY }: Room,
  tellMore: (left: number) => string,
): string {
  const reserve = byteLength(tellMore(total)) + 1;
  const fitting: string[] = [];
  let bytes = 0;
  let fittingWithNote = 0;
  for (const line of lines) {
    bytes += byteLength(line) + 1;
    if (bytes > maxBytes || fitting.length === maxLines) break;
    fitting.push(line);
    if (bytes + reserve <= maxBytes) fittingWithNote = fitting.length;
  }
  if (fitting.length === total) return fitting.join('\n');
  return [...fitting.slice(0, fittingWithNote), tellMore(total - fittingWithNote)].join('\n');
}

/** `1,234`. Written out, because the locale of the machine must not change what is posted. */
export const thousands = (count: number): string => String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
