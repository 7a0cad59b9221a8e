import type { Concern } from '../finding.ts';
import type { ParseOptions } from '../parse/qna.ts';
import { applyEdits, type Edit } from './edit.ts';
import type { Kind } from './kind.ts';
import { kinds } from './kinds.ts';
import { mendSyntax } from './mend-syntax.ts';
import { isProven, type Mended } from './prove.ts';
import { sourceReader, type Source } from './source.ts';
import { MAX_BYTES, provenEdit, weightOf } from './suggest.ts';

/** What was mended, with the line at which it stood when its turn came. */
export type Fix = Pick<Concern, 'rule' | 'message'> & { readonly line: number };

/** Proofs times what a reading costs, as for suggestions; here somebody waits for it, so it may take seconds. */
const MAX_WORK = 500_000;

/**
 * Mends all that can be proved safe, until nothing is left: first all mistakes of one kind at once, then what is left of them one
 * by one. Every proof is about the text as it then is. The text comes back as it was when nothing could be mended. Pure.
 */
export function fixText(path: string, text: string, options: ParseOptions): { text: string; fixes: readonly Fix[] } {
  if (text.length > MAX_BYTES) return { text, fixes: [] };
  const read = sourceReader(path, options);
  let proofs = Math.floor(MAX_WORK / weightOf(text));
  const mayTry = (): boolean => proofs-- > 0;
  let source = read(text);
  const fixes: Fix[] = [];
  const note = ({ rule, message, location: { line } }: Concern): unknown => fixes.push({ rule, message, line });

  if (source.faults.length > 0) {
    const edits = mendSyntax(source, read);
    const isMended = (concern: Concern): boolean => edits.some(({ startLine }) => startLine === concern.location.line);
    source.concerns.filter(isMended).forEach(note);
    source = read(applyEdits(text, edits));
  }
  let before: Source;
  do {
    before = source;
    for (const kind of kinds) {
      const together = allOfKind(kind, source);
      if (together.length < 2 || !mayTry()) continue;
      const edits = together.map(({ edit }) => edit);
      const after = read(applyEdits(source.text, edits));
      if (!isProven(source, after, together)) continue;
      together.forEach(({ concern }) => note(concern));
      source = after;
    }
    for (let at = 0; at < source.concerns.length;) {
      const concern = source.concerns[at];
      const proven = concern && provenEdit(concern, source, read, mayTry);
      if (concern && proven) {
        note(concern);
        source = proven.after;
      } else at += 1;
    }
  } while (source !== before);
  return { text: source.text, fixes };
}

/** The first candidate of each concern, from the top down, without those that share a line with one before. */
function allOfKind({ rules, propose }: Kind, source: Source): readonly (Mended & { readonly edit: Edit })[] {
  let last = 0;
  return source.concerns
    .filter(({ rule }) => rules.includes(rule))
    .flatMap(concern =>
      propose(concern, source)
        .slice(0, 1)
        .map(candidate => ({ concern, ...candidate })),
    )
    .sort((a, b) => a.edit.startLine - b.edit.startLine)
    .filter(({ edit }) => {
      const isFree = edit.startLine > last;
      if (isFree) last = edit.endLine;
      return isFree;
    });
}
