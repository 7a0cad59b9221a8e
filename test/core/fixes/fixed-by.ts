import { fixText } from '../../../src/core/fixes/fix-text.ts';
import { applyEdits } from '../../../src/core/fixes/edit.ts';
import type { Suggestion } from '../../../src/core/finding.ts';

/** A file with everything mended that can be. */
export const fixedBy = (path: string, text: string) => fixText(path, text, {});

/** A file after one click. */
export const clicked = (text: string, { startLine, endLine, replacement }: Suggestion): string =>
  applyEdits(text, [{ startLine, endLine, lines: replacement === '' ? [] : replacement.split('\n') }]);
