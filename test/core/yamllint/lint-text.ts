import { readDocument } from '../../../src/core/parse/document.ts';
import { linesOf } from '../../../src/core/parse/lines.ts';
import type { Profile } from '../../../src/core/parse/profile.ts';
import { lint } from '../../../src/core/yamllint/lint.ts';

/** What is found in a text, as `line:column rule`. Throws for a text that is no YAML: a test should not ask about one. */
export function lintText(text: string, profile: Profile = 'assay'): readonly string[] {
  const lines = linesOf(text);
  const { form, faults, repeatedKeys } = readDocument(text, lines);
  if (form === undefined) throw new Error(`Not readable: ${faults[0]?.message}`);
  return lint({ ...form, text, repeatedKeys }, profile).map(({ rule, start }) => {
    const { line, column } = lines.at(start);
    return `${line}:${column} ${rule}`;
  });
}
