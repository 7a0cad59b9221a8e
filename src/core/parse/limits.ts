export { MAX_FILE_BYTES } from '../pull-request.ts';

/** Collections inside one another. Real files: 6 where they are sound; a recursive parser of any reader must survive the file. */
export const MAX_DEPTH = 64;

/** Keys of all mappings together. Real files: 1,443 at most, in 621 kB. */
export const MAX_KEYS = 5_000;

/** Uses of anchors (`*name`). Real files: 12 at most. */
export const MAX_ALIASES = 100;

/**
 * Lexical parts (indicators, values, line ends outside of block texts, comments). Real files: 11,829 at most. Bounds time and
 * memory for what has no keys: a megabyte of line ends, commas or closing brackets.
 */
export const MAX_LEXEMES = 60_000;

/** Lines such as `%YAML 1.1`. Real files have none. */
export const MAX_DIRECTIVES = 20;

/** Errors after which the rest of a text is not looked at. */
export const MAX_ERRORS = 100;

/** Values after every alias is replaced by what it stands for, so that ten lines of aliases cannot mean a billion values. */
export const MAX_EXPANDED_NODES = 50_000;

/** So many characters of a text weigh as much as one value: a file without references can never reach the limit above by its text. */
export const CHARACTERS_A_VALUE = 200;

/** Concerns told of one file; GitHub shows 50 annotations a request, and nobody reads a hundred. */
export const MAX_CONCERNS = 100;

/** Places that one screen tells of one file: a list of a thousand addresses is told by its first lines. */
export const MAX_HITS = 20;

/** Syntax errors told of one file, one a line: the later ones are mostly echoes of the first. */
export const MAX_SYNTAX_CONCERNS = 10;

/** Time for one file in the worker thread, in milliseconds. Real files take 150 at most. */
export const MAX_MILLISECONDS = 2_000;
