import { readAttribution } from '../attribution/read.ts';
import { revisionConcerns } from '../rules/attribution-revision.ts';
import { applyEdits } from './edit.ts';
import type { Fix } from './fix-text.ts';

/** More in one file are left to a second run. */
const MAX_FIXES = 100;

/** Mends all that can be proved safe in an `attribution.txt`, from the top down: each fix is about the text as it then is. Pure. */
export function fixAttribution(path: string, text: string): { text: string; fixes: readonly Fix[] } {
  const fixes: Fix[] = [];
  let fixed = text;
  while (fixes.length < MAX_FIXES) {
    const next = revisionConcerns(readAttribution(path, fixed)).find(({ suggestion }) => suggestion !== undefined);
    if (next?.suggestion === undefined) break;
    const { rule, message, location, suggestion } = next;
    const { startLine, endLine, replacement } = suggestion;
    fixed = applyEdits(fixed, [{ startLine, endLine, lines: replacement.split('\n') }]);
    fixes.push({ rule, message, line: location.line });
  }
  return { text: fixed, fixes };
}
