/** What yamllint calls it: an error fails the file, a warning does not. */
export type Level = 'error' | 'warning';

/**
 * The rules of yamllint 1.38's preset `relaxed` without `line-length`, at the levels that it gives them. Left out are those that
 * cannot speak: `syntax` and `anchors`, since a file with such an error never gets this far, and `new-lines`, since the reference
 * hands on a text whose line ends Python has translated.
 */
export const levels = {
  'trailing-spaces': 'error',
  'new-line-at-end-of-file': 'error',
  'key-duplicates': 'error',
  'empty-lines': 'warning',
  indentation: 'warning',
  colons: 'warning',
  commas: 'warning',
  hyphens: 'warning',
  braces: 'warning',
  brackets: 'warning',
} as const satisfies Readonly<Record<string, Level>>;

export type RuleName = keyof typeof levels;

/** One thing that yamllint would complain about, at an offset of the text. */
export type Problem = {
  readonly rule: RuleName;
  /** In words for people: what is wrong and how to mend it. */
  readonly message: string;
  readonly start: number;
};
