import type { Concern } from '../finding.ts';
import type { ParseOptions } from '../parse/qna.ts';
import { applyEdits } from './edit.ts';
import { mendSyntax } from './mend-syntax.ts';
import { sourceReader, type Source } from './source.ts';
import { MAX_BYTES, provenEdit } from './suggest.ts';

/** What was mended, with the line at which it stood when its turn came. */
export type Fix = Pick<Concern, 'rule' | 'message'> & { readonly line: number };

/** Readings of one text. */
const MAX_PROOFS = 2_000;

/**
 * Mends all that can be proved safe, one after the other, each proved against the text as it then is. The text is as it was when
 * nothing could be mended. Pure.
 */
export function fixText(path: string, text: string, options: ParseOptions): { text: string; fixes: readonly Fix[] } {
  if (text.length > MAX_BYTES) return { text, fixes: [] };
  const read = sourceReader(path, options);
  let source = read(text);
  const fixes: Fix[] = [];
  const told = ({ rule, message, location: { line } }: Concern): Fix => ({ rule, message, line });

  if (source.faults.length > 0) {
    const edits = mendSyntax(source, read);
    const isMended = (concern: Concern): boolean => edits.some(({ startLine }) => startLine === concern.location.line);
    fixes.push(...source.concerns.filter(isMended).map(told));
    source = read(applyEdits(text, edits));
  }
  let proofs = MAX_PROOFS;
  const mayTry = (): boolean => proofs-- > 0;
  let before: Source;
  do {
    before = source;
    for (let at = 0; at < source.concerns.length;) {
      const concern = source.concerns[at];
      const proven = concern && provenEdit(concern, source, read, mayTry);
      if (concern && proven) {
        fixes.push(told(concern));
        source = proven.after;
      } else at += 1;
    }
  } while (source !== before);
  return { text: source.text, fixes };
}
