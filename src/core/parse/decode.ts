import { MAX_FILE_BYTES } from './limits.ts';
import { linesOf, type Position } from './lines.ts';

/** What keeps a file from being read as text, with its place. */
export type Unreadable = {
  readonly rule: 'yaml/too-large' | 'yaml/encoding';
  readonly message: string;
  readonly position: Position;
};

/** Text of the file without its byte-order mark, or why there is none. */
export type Decoded = { readonly text: string } | { readonly unreadable: Unreadable };

const START: Position = { line: 1, column: 1, endLine: 1 };

/** What YAML 1.1 calls non-printable, as PyYAML's reader refuses it. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const NON_PRINTABLE = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
// oxlint-disable-next-line no-control-regex -- as above
const NUL = /\0/;

/** How strictly control characters are taken: as PyYAML does, or only those that show that the file is no text at all. */
type Strictness = 'yaml' | 'text';

/** Strict UTF-8 of at most `MAX_FILE_BYTES`, without control characters. Linear in the bytes. */
export function decode(bytes: Uint8Array, strictness: Strictness = 'yaml'): Decoded {
  if (bytes.length > MAX_FILE_BYTES) {
    const message = `The file has ${bytes.length} bytes; at most ${MAX_FILE_BYTES} are read. Split it into several leaf nodes.`;
    return { unreadable: { rule: 'yaml/too-large', message, position: START } };
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return encoding('The file is saved as UTF-16. Save it as UTF-8.', START);
  }
  const lenient = new TextDecoder().decode(bytes);
  const bad = firstInvalidByte(bytes, lenient);
  if (bad !== undefined) {
    // A sequence that breaks off is held back in streaming mode, so the column is that of its first byte.
    const before = new TextDecoder().decode(bytes.subarray(0, bad), { stream: true });
    const message = 'There are bytes here that are not UTF-8. Save the file as UTF-8.';
    return encoding(message, linesOf(lenient).at(before.length));
  }
  const control = (strictness === 'yaml' ? NON_PRINTABLE : NUL).exec(lenient);
  if (control) {
    const code = (control[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const what =
      code === '0000' ? 'a NUL byte, so the file may be UTF-16 or binary' : `the control character U+${code}`;
    return encoding(`There is ${what}. Remove it and save the file as UTF-8 text.`, linesOf(lenient).at(control.index));
  }
  return { text: lenient };
}

const encoding = (message: string, position: Position): Decoded => ({
  unreadable: { rule: 'yaml/encoding', message, position },
});

/** Encodes the decoded text again: the first byte that comes out differently was not UTF-8. */
function firstInvalidByte(bytes: Uint8Array, lenient: string): number | undefined {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const original = hasMark ? bytes.subarray(3) : bytes;
  const again = new TextEncoder().encode(lenient);
  const offset = hasMark ? 3 : 0;
  for (let index = 0; index < original.length; index += 1) {
    if (original[index] !== again[index]) return index + offset;
  }
  return undefined;
}
