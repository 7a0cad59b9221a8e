import type { Concern } from '../finding.ts';
import { decode } from '../parse/decode.ts';
import type { ParseOptions } from '../parse/qna.ts';
import { applyEdits, asSuggestion, type Edit } from './edit.ts';
import { kinds } from './kinds.ts';
import { isSyntaxProven, mendSyntax } from './mend-syntax.ts';
import { isProven } from './prove.ts';
import { sourceReader, type ReadSource, type Source } from './source.ts';

/** Larger files are mended by hand: each proof reads the whole file again. Real files: p99 30 kB. */
export const MAX_BYTES = 200_000;

/** Proofs for one file. */
const MAX_PROOFS = 30;

/**
 * Proofs times what a reading costs, in marks and line ends. A reading takes about 10 µs for each, so all proofs of one file take
 * a few tenths of a second at most, well within the time that a file may take.
 */
const MAX_WORK = 10_000;

/** An edit that is proved to mend the concern and nothing else, and the text with it. */
export type ProvenEdit = { readonly edit: Edit; readonly after: Source };

/** The first candidate that is proved; undefined when none is. `mayTry` is asked before each proof. */
export function provenEdit(
  concern: Concern,
  source: Source,
  read: ReadSource,
  mayTry: () => boolean,
): ProvenEdit | undefined {
  for (const kind of kinds.filter(({ rules }) => rules.includes(concern.rule))) {
    for (const { edit, intent } of kind.propose(concern, source)) {
      if (!mayTry()) return undefined;
      const after = read(applyEdits(source.text, [edit]));
      if (isProven(source, after, [{ concern, intent }])) return { edit, after };
    }
  }
  return undefined;
}

/**
 * Gives the concerns of one `qna.yaml` the suggestions that are safe: each alone mends its concern, changes nothing else that the
 * file says and brings nothing new. Pure; bounded work.
 */
export function withSuggestions(
  path: string,
  bytes: Uint8Array,
  concerns: readonly Concern[],
  options: ParseOptions,
): readonly Concern[] {
  const isMendable = concerns.some(
    ({ rule }) => rule === 'yaml/syntax' || kinds.some(kind => kind.rules.includes(rule)),
  );
  if (!isMendable || bytes.length > MAX_BYTES) return concerns;
  const decoded = decode(bytes);
  if ('unreadable' in decoded) return concerns;
  const { text } = decoded;
  let proofs = Math.min(MAX_PROOFS, Math.floor(MAX_WORK / weightOf(text)));
  // Syntax takes some readings before the first proof.
  const isBroken = concerns.some(({ rule }) => rule === 'yaml/syntax');
  if (proofs < (isBroken ? 8 : 2)) return concerns;
  const mayTry = (): boolean => proofs-- > 0;

  const read = sourceReader(path, options);
  const source = read(text);
  const mark = bytes[0] === 0xef ? '\ufeff' : '';
  const suggest = (concern: Concern, edit: Edit | undefined): Concern => {
    const suggestion = edit && asSuggestion(edit, source.lines);
    if (!suggestion) return concern;
    // The byte-order mark is a part of the first line, though not of the text.
    const replacement = suggestion.startLine === 1 ? mark + suggestion.replacement : suggestion.replacement;
    return { ...concern, suggestion: { ...suggestion, replacement } };
  };
  if (source.faults.length > 0) {
    const edits = mendSyntax(source, read);
    return concerns.map(concern => {
      const edit = edits.find(({ startLine }) => startLine === concern.location.line);
      return suggest(concern, edit && mayTry() && isSyntaxProven(source, edit, read) ? edit : undefined);
    });
  }
  if (source.values === undefined) return concerns;
  return concerns.map(concern => suggest(concern, provenEdit(concern, source, read, mayTry)?.edit));
}

/** Marks and line ends, at least 1: what the parser's time goes with. Linear. */
export function weightOf(text: string): number {
  let weight = 1;
  for (let at = 0; at < text.length; at += 1) if (MARKS.has(text[at] ?? '')) weight += 1;
  return weight;
}

const MARKS: ReadonlySet<string> = new Set('\n[]{},:-?&*#\'"!');
