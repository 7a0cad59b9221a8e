import type { YAMLError } from 'yaml';

/** A tab where a token could begin. */
export const TAB_MESSAGE = 'There is a tab here, and YAML allows none outside of texts. Replace it with spaces.';

const COLON =
  'There is a second colon followed by a space in this value, so YAML takes it for a key. Put the whole text in quotes, or on lines of its own after `|`.';
const NO_KEY =
  'YAML expects a key with a colon here. If the line continues the text above, indent it more; if it is a key, write `key: value`.';
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
  [
    'Sequence item without - indicator',
    'This line stands among list items but does not begin with `- `. Begin it so, or indent it more if it belongs to the item above.',
  ],
  [
    'Block scalar header includes extra',
    'Nothing may follow `|` or `>` on the same line. Begin the text on the next line, indented.',
  ],
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
    'Comments must be separated',
    'A # begins a comment only after a space. If it is part of the text, put the text in quotes.',
  ],
  ['Not a YAML token', 'YAML cannot read this. Put the text in quotes.'],
];

/** Two short sentences for people, or the library's own words where it is rare. */
export function explainSyntax({ message }: Pick<YAMLError, 'message'>): string {
  const [, known] = messages.find(([beginning]) => message.startsWith(beginning)) ?? [];
  return (
    known ??
    `YAML cannot be read here (${(message.split('\n')[0] ?? '').slice(0, 120)}). Put texts with special characters in quotes.`
  );
}
