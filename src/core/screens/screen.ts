import type { Leaf, Text } from '../contribution.ts';
import type { Concern, Severity } from '../finding.ts';
import { linesOf } from '../parse/lines.ts';
import type { PersonalData } from './personal-data.ts';

/** A place in a text that must not reach a model, and what it looks like. Never the value itself. */
export type Hit = { readonly start: number; readonly end: number; readonly what: string };

/** The file that was screened. The leaf names the field a hit stands in. */
export type Screened = { readonly path: string; readonly text: string; readonly leaf?: Leaf };

/**
 * `screen/secret` (error). The value is public already, so it must be revoked as well as removed. No message and no fingerprint
 * carries it.
 */
export const secretConcerns = (file: Screened, hits: readonly Hit[]): readonly Concern[] =>
  locate(
    file,
    hits,
    'screen/secret',
    'error',
    what => `This looks like a secret (${what}). Remove it, and revoke it: it is public already.`,
  );

/** `screen/personal-data` (question): only a person can tell whether it is somebody's. */
export const personalDataConcerns = (file: Screened, hits: readonly PersonalData[]): readonly Concern[] =>
  locate(
    file,
    hits.map(({ kind, start, end }) => ({ start, end, what: kind })),
    'screen/personal-data',
    'question',
    what =>
      `This looks like the ${what} of a real person. Replace it with an invented one${invented(what)}, or say in a comment why it may stand here.`,
  );

/** A concern at each hit, in the field that it stands in. `flagged` is what it looks like, never the value. */
export function locate(
  { path, text, leaf }: Screened,
  hits: readonly Hit[],
  rule: string,
  severity: Severity,
  wording: (what: string) => string,
): readonly Concern[] {
  if (hits.length === 0) return [];
  const lines = linesOf(text);
  const fields = leaf ? textsOf(leaf) : [];
  return hits.map(({ start, end, what }) => {
    const { line, column } = lines.at(start, end);
    const field = fields.findLast(
      each => line <= each.endLine && (each.line < line || (each.line === line && each.column <= column)),
    );
    return {
      rule,
      severity,
      message: wording(what),
      location: { path, line, column },
      yamlPath: field?.yamlPath ?? '.',
      flagged: what,
    };
  });
}

/** All that people wrote for others to read, in the order of the file. */
export const textsOf = (leaf: Leaf): readonly Text[] =>
  [
    leaf.createdBy,
    leaf.taskDescription,
    leaf.domain,
    leaf.documentOutline,
    ...leaf.examples.flatMap(({ question, answer, context }) => [question, answer, context]),
  ]
    .filter(text => text !== undefined)
    .sort((a, b) => a.line - b.line || a.column - b.column);

function invented(what: string): string {
  if (what === 'e-mail address') return ' such as jo@example.com';
  if (what === 'phone number') return ' such as 212-555-0123';
  return what === 'IP address' ? ' such as 192.0.2.1' : '';
}

/**
 * What is found only in the texts as YAML reads them, with escapes undone and lines folded: at the beginning of its text. What the
 * file itself shows of a kind in a text is not said again.
 */
export const concernsInTexts = (
  leaf: Leaf,
  found: readonly { readonly text: Text; readonly concerns: readonly Concern[] }[],
  known: readonly Concern[],
): readonly Concern[] =>
  found.flatMap(({ text, concerns }) =>
    concerns
      .filter(({ rule, flagged }) =>
        known.every(
          ({ rule: r, flagged: f, location: { line } }) =>
            r !== rule || f !== flagged || line < text.line || line > text.endLine,
        ),
      )
      .map(concern => ({
        ...concern,
        location: { path: leaf.path, line: text.line, column: text.column },
        yamlPath: text.yamlPath,
      })),
  );
