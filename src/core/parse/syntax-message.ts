import type { Lines } from './lines.ts';

/** Where a text in quotes stands, from its opening to behind its closing quote. */
export type Quoted = { readonly start: number; readonly end: number };

/** A tab where a token could begin. */
export const TAB_MESSAGE = 'There is a tab here, and YAML allows none outside of texts. Replace it with spaces.';

const COLON =
  'There is a second colon followed by a space in this value, so YAML takes it for a key. Put the whole text in quotes, or on lines of its own after `|`.';
const NO_KEY =
  'YAML expects a key with a colon here. If the line continues the text above, indent it more; if it is a key, write `key: value`.';
const NO_ITEM =
  'This line stands among list items but does not begin with `- `. Begin it so, or indent it more if it belongs to the item above.';
const AFTER_BAR = 'Nothing may follow `|` or `>` on the same line. Begin the text on the next line, indented.';
const AFTER_QUOTE =
  "The quotes end before the text does. Put the whole text in quotes, with inner quotes doubled ('') or written as \\\".";
const ALIGN =
  'This line does not line up with those before it. Give the keys of one mapping and the items of one list the same number of spaces.';

/** What the library says, by the beginning of its message, in words for people: what is wrong, and how to mend it. */
const messages: readonly (readonly [string, string])[] = [
  ['Tabs are not allowed', TAB_MESSAGE],
  ['Nested mappings are not allowed', COLON],
  ['A block sequence may not be used as', ALIGN],
  ['All mapping items must start', ALIGN],
  ['All sequence items must start', ALIGN],
  [
    'Missing closing "quote',
    'The text that begins with " is never closed. Add the closing quote, and write quotes inside of it as \\".',
  ],
  [
    "Missing closing 'quote",
    "The text that begins with ' is never closed. Add the closing quote, and double apostrophes inside of it ('').",
  ],
  ['Implicit map keys need to be followed', NO_KEY],
  ['Implicit keys need to be on a single line', NO_KEY],
  ['Implicit keys of flow sequence pairs', NO_KEY],
  ['The : indicator must be at most 1024', NO_KEY],
  ['Sequence item without - indicator', NO_ITEM],
  ['Block scalar header includes extra', AFTER_BAR],
  ['Plain value cannot start with', 'A text cannot begin with this character in YAML. Put it in quotes.'],
  [
    'Invalid escape sequence',
    'YAML does not know this escape in double quotes. Write \\\\ for a backslash, or use single quotes.',
  ],
  [
    'Missing ,',
    'A comma or a closing bracket is missing. If braces or brackets are part of a text, put the text in quotes.',
  ],
  ['Unexpected flow-', 'There is a bracket or brace too many here. If it is part of a text, put the text in quotes.'],
  ['Flow map', 'A brace or bracket is not closed. If it is part of a text, put the text in quotes.'],
  ['Flow sequence', 'A brace or bracket is not closed. If it is part of a text, put the text in quotes.'],
  [
    'Unexpected scalar at node end',
    'There is more text after the end of this value. Put the whole text in quotes, or on lines of its own after `|`.',
  ],
  ['Unexpected seq-item-ind', 'A list item cannot begin here. Put it on a line of its own, or the text in quotes.'],
  ['Unexpected block-seq-ind', 'A list cannot begin on the same line as its key. Put it on a line of its own.'],
  [
    'Block scalars with more-indented',
    'The text begins with a line of blanks that is indented more than the rest. Remove the blanks from that line.',
  ],
  [
    'Comments must be separated',
    'A # begins a comment only after a space. If it is part of the text, put the text in quotes.',
  ],
  ['Not a YAML token', 'YAML cannot read this. Put the text in quotes.'],
];

/** Characters between the end of a quoted text and an error that it can explain. */
const NEARBY = 200;

/** What an error of the reader's mostly is: the trail of an earlier one. */
export const isEcho = (message: string): boolean => [ALIGN, NO_KEY, NO_ITEM].includes(message);

/** Two short sentences for people, or the library's own words where it is rare. */
export function explainSyntax({ message }: { readonly message: string }): string {
  const [, known] = messages.find(([beginning]) => message.startsWith(beginning)) ?? [];
  return (
    known ??
    `YAML cannot be read here (${(message.split('\n')[0] ?? '').slice(0, 120)}). Put texts with special characters in quotes.`
  );
}

/** The library's error in words for people, with what stands before it taken into account. */
export function explainInPlace(
  { message, start }: { readonly message: string; readonly start: number },
  { text, quoted, lines }: { readonly text: string; readonly quoted: readonly Quoted[]; readonly lines: Lines },
): string {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (message.startsWith('Not a YAML token') && /[|>][-+0-9]*[ ]*$/.test(line.slice(-40))) return AFTER_BAR;
  // An apostrophe or a forgotten quote ended the text too early; what matters is where it began.
  const before = quoted.findLast(({ end }) => end <= start);
  if (before === undefined || start - before.end > NEARBY || text.slice(before.end, start).trim() !== '')
    return explainSyntax({ message });
  const { line: from, endLine: to } = lines.at(before.start, before.end);
  if (from < to)
    return `The text in quotes that begins in line ${from} ends in line ${to}, but more follows. Look for a quote that is missing in line ${from}.`;
  return message.startsWith('Unexpected scalar') ? AFTER_QUOTE : explainSyntax({ message });
}
