import { CST, Parser } from 'yaml';
import { pyyamlLexer } from './lexer.ts';
import { MAX_ALIASES, MAX_DEPTH, MAX_DIRECTIVES, MAX_ERRORS, MAX_KEYS, MAX_LEXEMES } from './limits.ts';
import { explainSyntax, TAB_MESSAGE } from './syntax-message.ts';
import type { Quoted } from './syntax-message.ts';

/** Something at an offset of the text that keeps the file from being read. */
export type Fault = {
  readonly rule: 'yaml/syntax' | 'yaml/too-deep' | 'yaml/too-large';
  readonly message: string;
  readonly start: number;
};

/** One lexical part of the text with its type: a mark such as `:` or `-`, a scalar, a comment. Blanks and line ends are none. */
export type Lexeme = {
  readonly type: CST.TokenType | 'plain-text' | 'block-text';
  readonly start: number;
  readonly end: number;
};

/** The syntax tree of the text, and what PyYAML refuses in it though the library would not; or the limit that it breaks. */
export type Scan =
  | {
      readonly tokens: readonly CST.Token[];
      readonly lexemes: readonly Lexeme[];
      readonly faults: readonly Fault[];
      readonly quoted: readonly Quoted[];
    }
  | { readonly limit: Fault };

/** PyYAML's anchors; the library takes nearly any character. */
const ANCHOR = /^[&*][0-9A-Za-z_-]+$/;

/**
 * The guard: reads the text lexeme by lexeme, without recursion, and stops at the first that goes beyond a limit, before anything
 * is composed. The depth is that of the parser's own stack, so nothing that the composer would recurse into escapes it. Linear in
 * the text.
 */
export function scan(text: string): Scan {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const faults: Fault[] = [];
  const quoted: Quoted[] = [];
  const lexemes: Lexeme[] = [];
  let offset = 0;
  let count = 0;
  let keys = 0;
  let aliases = 0;
  let errors = 0;
  let directives = 0;
  let flowDepth = 0;
  let isScalar = false;
  let isBlockScalar = false;

  const tooLarge = (message: string): Scan => ({ limit: { rule: 'yaml/too-large', message, start: offset } });

  for (const lexeme of pyyamlLexer().lex(text)) {
    const type: Lexeme['type'] | null = isScalar
      ? isBlockScalar
        ? 'block-text'
        : 'plain-text'
      : CST.tokenType(lexeme);
    if (isScalar) isBlockScalar = false;
    isScalar = type === 'scalar';
    if (type === 'block-scalar-header') isBlockScalar = true;
    count += 1;
    if (type !== null && !SILENT.has(type)) lexemes.push({ type, start: offset, end: offset + lexeme.length });
    if (type === 'map-value-ind' || type === 'explicit-key-ind') keys += 1;
    if (type === 'alias') aliases += 1;
    if (count > MAX_LEXEMES) return tooLarge(tooMany(MAX_LEXEMES, 'lines, values and marks'));
    if (keys > MAX_KEYS) return tooLarge(tooMany(MAX_KEYS, 'keys'));
    if (aliases > MAX_ALIASES) return tooLarge(tooMany(MAX_ALIASES, 'references (`*name`)'));

    if (type === 'flow-map-start' || type === 'flow-seq-start') flowDepth += 1;
    if (type === 'flow-map-end' || type === 'flow-seq-end') flowDepth = Math.max(0, flowDepth - 1);
    if (type === 'flow-error-end') flowDepth = 0;
    if (type === 'single-quoted-scalar' || type === 'double-quoted-scalar') {
      quoted.push({ start: offset, end: offset + lexeme.length });
    }
    for (const { message, at } of refuse(type ?? '', lexeme, flowDepth > 0)) {
      faults.push({ rule: 'yaml/syntax', message, start: offset + at });
    }

    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'error') errors += 1;
      if (token.type === 'directive') directives += 1;
    }
    // Nothing that follows so many errors says anything, and the composer would pay for each.
    if (errors + faults.length > MAX_ERRORS)
      return { tokens: [], lexemes: [], faults: [...faults, ...tokens.flatMap(faultOf)], quoted };
    if (directives > MAX_DIRECTIVES) return tooLarge(tooMany(MAX_DIRECTIVES, 'directives (lines that begin with `%`)'));
    // The document itself and a scalar at the end of the deepest path are on the stack too.
    if (parser.stack.length > MAX_DEPTH + 2) {
      const message = `Lists and mappings lie more than ${MAX_DEPTH} deep in one another here. A contribution needs four levels.`;
      return { limit: { rule: 'yaml/too-deep', message, start: offset } };
    }
    offset = parser.offset;
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, lexemes, faults, quoted };
}

/** What is no part of its own: blanks, line ends, and what the lexer says to the parser alone. */
const SILENT: ReadonlySet<string> = new Set(['space', 'newline', 'scalar', 'doc-mode', 'byte-order-mark']);

const tooMany = (limit: number, what: string): string =>
  `The file has more than ${limit} ${what}; no more are read. Split it into several leaf nodes.`;

const faultOf = (token: CST.Token): readonly Fault[] =>
  token.type === 'error' ? [{ rule: 'yaml/syntax', message: explainSyntax(token), start: token.offset }] : [];

type Refusal = { readonly message: string; readonly at: number };

/** What PyYAML stops at and the library reads on, or makes an error object of thousands of times in one value. */
function refuse(type: string, lexeme: string, isFlow: boolean): readonly Refusal[] {
  switch (type) {
    case 'space':
      return refuseAt(lexeme.indexOf('\t'), TAB_MESSAGE);
    case 'plain-text':
      return [
        ...refuseAt(lexeme.indexOf('\t'), TAB_MESSAGE),
        ...refuseAt(
          isFlow ? lexeme.indexOf('?') : -1,
          'A question mark inside { } or [ ] starts a key. Put the text in quotes.',
        ),
      ];
    case 'single-quoted-scalar':
      // At the end of the file the library takes a doubled apostrophe for the closing one.
      return refuseAt(
        lexeme.split("'").length % 2 === 1 ? -1 : 0,
        explainSyntax({ message: "Missing closing 'quote" }),
      );
    case 'double-quoted-scalar':
      // And an escaped quote.
      return [
        ...refuseAt(endsWithEscape(lexeme) ? 0 : -1, explainSyntax({ message: 'Missing closing "quote' })),
        ...badEscapes(lexeme),
      ];
    case 'anchor':
      return ANCHOR.test(lexeme)
        ? []
        : refuseAt(0, 'A text that begins with & is the name of an anchor in YAML. Put it in quotes.');
    case 'alias':
      return ANCHOR.test(lexeme)
        ? []
        : refuseAt(0, 'A text that begins with * is a reference in YAML. Put it in quotes.');
    default:
      return [];
  }
}

const refuseAt = (at: number, message: string): readonly Refusal[] => (at === -1 ? [] : [{ message, at }]);

/** Whether the last quote is escaped, that is, behind an odd number of backslashes. */
function endsWithEscape(lexeme: string): boolean {
  let at = lexeme.length - 2;
  while (lexeme[at] === '\\') at -= 1;
  return (lexeme.length - at) % 2 === 1;
}

/** Every pair of a backslash and what follows it, so that `\\\\q` is told from `\\q`. */
const ESCAPE = /\\([^])/g;
const KNOWN_ESCAPES = '0abt\tnvfre "/\\N_LPxuU\r\n';

function badEscapes(lexeme: string): readonly Refusal[] {
  const bad: Refusal[] = [];
  for (const { 1: character = '', index } of lexeme.matchAll(ESCAPE)) {
    if (KNOWN_ESCAPES.includes(character)) continue;
    bad.push({ message: explainSyntax({ message: 'Invalid escape sequence' }), at: index });
    if (bad.length > MAX_ERRORS) break;
  }
  return bad;
}
