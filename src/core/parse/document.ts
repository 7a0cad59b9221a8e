import { Composer, type CST, type YAMLError } from 'yaml';
import { construct, type RepeatedKey } from './construct.ts';
import { MAX_ERRORS } from './limits.ts';
import type { Lines } from './lines.ts';
import type { Node } from './node.ts';
import { scan, type Fault, type Lexeme } from './scan.ts';
import { explainInPlace } from './syntax-message.ts';

/** What one text holds: its root, unless it has faults; `root` is undefined too when there is nothing in it. */
export type Reading = {
  readonly root?: Node;
  /** In the order of the text. */
  readonly faults: readonly Fault[];
  readonly repeatedKeys: readonly RepeatedKey[];
  /** How it is written, unless it has faults. */
  readonly form?: Form;
};

/** The parts of a text and its syntax tree, with offsets that hold for the text as it stands. */
export type Form = {
  /** The text with every line break of YAML 1.1 as a line feed, one for one. */
  readonly plain: string;
  readonly lexemes: readonly Lexeme[];
  readonly tokens: readonly CST.Token[];
};

/** Where the second of several documents begins, for the message. */
const SEVERAL = 'A second YAML document begins here. Remove the `---` or `...` line: a file holds one contribution.';

/** Line breaks of YAML 1.1 that are none of git's; replaced one for one, so that offsets stay true. */
const ODD_BREAKS = /\r(?!\n)|[\x85\u2028\u2029]/g;

/** Reads a YAML text as PyYAML's safe loader does, within the limits of `limits.ts`. Never throws for what stands in the text. */
export function readDocument(text: string, lines: Lines): Reading {
  const plain = text.replaceAll(ODD_BREAKS, '\n');
  const scanned = scan(plain);
  if ('limit' in scanned) return { faults: [scanned.limit], repeatedKeys: [] };

  const composer = new Composer({ schema: 'failsafe', version: '1.1', uniqueKeys: false, resolveKnownTags: false });
  const documents = [...composer.compose(scanned.tokens)];
  const place = { text, quoted: scanned.quoted, lines };
  const faults = [
    ...scanned.faults,
    ...firstErrors([...documents, composer.streamInfo()]).map(({ message, pos: [start] }): Fault => {
      return { rule: 'yaml/syntax', message: explainInPlace({ message, start }, place), start };
    }),
  ];
  const [document, second] = documents;
  if (second) faults.push({ rule: 'yaml/syntax', message: SEVERAL, start: second.range[0] });
  if (faults.length > 0) return { faults: faults.sort((a, b) => a.start - b.start), repeatedKeys: [] };
  if (document?.contents == null) return { faults: [], repeatedKeys: [] };
  const { lexemes, tokens } = scanned;
  return { ...construct(document.contents, text, lines), form: { plain, lexemes, tokens } };
}

type Trouble = { readonly errors: readonly YAMLError[]; readonly warnings: readonly YAMLError[] };

/** Errors, and of the warnings those at which PyYAML stops, in the order of the text. Tags are looked at when values are constructed. */
const firstErrors = (parts: readonly Trouble[]): readonly YAMLError[] =>
  parts
    .flatMap(({ errors, warnings }) => [...errors, ...warnings.filter(({ code }) => STOPS.has(code))])
    .sort((a, b) => a.pos[0] - b.pos[0])
    .slice(0, MAX_ERRORS);

const STOPS: ReadonlySet<YAMLError['code']> = new Set(['BAD_DIRECTIVE', 'BAD_ALIAS']);
