import { cutText } from './limits.ts';

/** Stands where GitHub would otherwise see a mention, a reference or a link. It is not shown. */
const BREAK = '\u200B';

/** Messages longer than this say nothing more to people. In UTF-8 bytes, before escaping. */
const MAX_SHOWN = 1_500;

// Joiners go too: an emoji made of several falls into its parts, which is the price for names that cannot lie.
const invisible = /[[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]--[\uFE0E\uFE0F]]/gv;
const invisibleInLines = /[[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]--[\uFE0E\uFE0F\n\t]]/gv;

/**
 * The text as one line of what people can see: control characters, direction marks and invisible characters are gone, runs of
 * white space are one space. For places that take plain text, such as annotations.
 */
export const plainText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\s\u0085]+/gu, ' ')
    .replaceAll(invisible, '')
    .replaceAll(/ {2,}/g, ' ')
    .trim();

/** As `plainText`, but lines stay lines and indents stay indents. */
export const plainLines = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .replaceAll(invisibleInLines, '');

/**
 * THE escape for text that we did not write: the result is one line of Markdown that shows the text and does nothing else on
 * GitHub: no mention, reference, link, image, HTML, emphasis, formula, emoji picture, table or list. Cut first, then escaped.
 */
export const escapeText = (text: string, maxBytes = MAX_SHOWN): string =>
  escapePlain(cutText(plainText(text), maxBytes));

/**
 * A message in Markdown: as `escapeText`, but what stands between two backticks is shown as code, which is how messages write
 * keys and file names.
 */
export function escapeMessage(message: string, maxBytes = MAX_SHOWN): string {
  const pieces = cutText(plainText(message), maxBytes).split('`');
  // An even number of pieces has a backtick without a partner: that one is text.
  const unpaired = pieces.length % 2 === 0 ? pieces.pop() : undefined;
  const markdown = pieces
    .map((piece, index) => {
      if (index % 2 === 0) return escapePlain(piece, index === 0);
      return piece.trim() === '' ? escapePlain(`\`${piece}\``, false) : codeSpan(piece);
    })
    .join('');
  return unpaired === undefined ? markdown : markdown + escapePlain(`\`${unpaired}`, markdown === '');
}

/** The text as inline code. Nothing in it is a mention, a reference or a command. Empty text gives an empty string. */
export function codeSpan(text: string): string {
  const shown = cutText(plainText(text), MAX_SHOWN);
  if (shown === '') return '';
  const ticks = '`'.repeat(longestRun(shown) + 1);
  return ticks.length === 1 ? `\`${shown}\`` : `${ticks} ${shown} ${ticks}`;
}

/** The lines as a code block, with a fence longer than any inside. `info` is ours: a language, or `suggestion`. */
export function fence(text: string, info = ''): string {
  const shown = plainLines(text);
  const ticks = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  const body = shown === '' || shown.endsWith('\n') ? shown : `${shown}\n`;
  return `${ticks}${info}\n${body}${ticks}`;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const run of text.matchAll(/`+/g)) longest = Math.max(longest, run[0].length);
  return longest;
}

/** `text` must be one plain line. `isAtStart`: nothing of ours stands before it on the line. */
function escapePlain(text: string, isAtStart = true): string {
  const inline = text
    .replaceAll(/[\\`*[\]~]/g, String.raw`\$&`)
    // Between letters an underscore is only itself, and paths stay readable in the source of a comment.
    .replaceAll(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, String.raw`\_`)
    .replaceAll(/&(?=[#A-Za-z])/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '&#124;')
    // Backslashes do not stop a formula.
    .replaceAll('$', '&#36;')
    .replaceAll('@', `@${BREAK}`)
    .replaceAll(/(?<!&)#(?=\d)/g, `#${BREAK}`)
    .replaceAll('://', `:${BREAK}//`)
    .replaceAll(/www\./gi, found => `${found.slice(0, 3)}${BREAK}.`)
    .replaceAll(/\b(?:GH|GHSA|CVE)-(?=\w)/gi, `$&${BREAK}`)
    // Emoji codes may be pictures: `:octocat:`.
    .replaceAll(/:(?=[\w+-]{1,64}:)/g, `:${BREAK}`)
    .replaceAll(/(?<![\w.-])\/(?=assay)/gi, `/${BREAK}`)
    // GitHub links what looks like a commit: seven hexadecimal digits and more.
    .replaceAll(/(?<![0-9A-Za-z])[0-9a-f]{7,}(?![0-9A-Za-z])/gi, run => run.replaceAll(/.{6}(?=.)/g, `$&${BREAK}`));
  if (!isAtStart) return inline;
  return inline.replace(/^(\d{1,9})([.)])/, String.raw`$1\$2`).replace(/^[#+\-=>:]/, String.raw`\$&`);
}
