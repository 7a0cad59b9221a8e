import type { CST } from 'yaml';
import type { RepeatedKey } from '../parse/construct.ts';
import { linesOf } from '../parse/lines.ts';
import type { Profile } from '../parse/profile.ts';
import type { Lexeme } from '../parse/scan.ts';
import { withoutDisabled } from './directives.ts';
import { checkIndentation } from './indentation.ts';
import { checkLines } from './line-rules.ts';
import type { Problem } from './problem.ts';
import { checkSpacing } from './spacing.ts';

/** A YAML text that was read without fault. */
export type LintSource = {
  /** As it stands. */
  readonly text: string;
  /** The same with each line break of YAML 1.1 as a line feed, one for one: what `lexemes` and `tokens` were read from. */
  readonly plain: string;
  readonly lexemes: readonly Lexeme[];
  readonly tokens: readonly CST.Token[];
  readonly repeatedKeys: readonly RepeatedKey[];
};

/**
 * What yamllint's preset `relaxed` without `line-length` finds, in the order of the text. Written from its documentation; held to
 * its results on real files by `npm run parity`. Linear in the text up to the search for lines. Comments that switch rules off
 * are obeyed only where upstream is to be repeated: a contributor must not be able to switch off a check.
 */
export function lint(source: LintSource, profile: Profile): readonly Problem[] {
  const { text, plain, lexemes, tokens, repeatedKeys } = source;
  const lines = linesOf(plain);
  const found = [
    ...checkLines(text),
    ...checkSpacing(plain, lexemes),
    ...checkIndentation({ text: plain, lines, lexemes, tokens }),
  ];
  const all =
    profile === 'assay'
      ? found
      : withoutDisabled([...found, ...repeatedKeys.map(asProblem)], { text: plain, lines, lexemes });
  return all.toSorted((a, b) => a.start - b.start);
}

/** Told of every file under our own profile, so it is yamllint's business only under upstream's. */
const asProblem = ({ key, start, first }: RepeatedKey): Problem => ({
  rule: 'key-duplicates',
  message: `\`${key.slice(0, 40)}\` is given twice in the same mapping, first in line ${first.line}. Only this one counts; remove one of them.`,
  start,
});
