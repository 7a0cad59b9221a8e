import type { Leaf } from '../contribution.ts';
import { isGrounded } from '../contribution.ts';
import { severities } from '../finding.ts';
import type { Finding, Severity } from '../finding.ts';
import { thousands } from '../limits.ts';

/** The word that stands before a finding. */
export const severityWords = {
  error: 'Must change',
  question: 'Question',
  note: 'Note',
} as const satisfies Record<Severity, string>;

/** `1 question`, `2 questions`, `1,234 questions`; the plural is the word with an s unless given. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${thousands(number)} ${number === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and c`. */
export const enumerate = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

/** How many findings there are of each severity. */
export function tally(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, question: 0, note: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

const counted = {
  error: number => count(number, 'thing to change', 'things to change'),
  question: number => count(number, 'question'),
  note: number => count(number, 'note'),
} as const satisfies Record<Severity, (number: number) => string>;

/** `2 things to change and 1 question`; empty without findings. */
export function summarise(findings: readonly Finding[]): string {
  const counts = tally(findings);
  return enumerate(
    severities.filter(severity => counts[severity] > 0).map(severity => counted[severity](counts[severity])),
  );
}

/** What the leaf teaches, in the words of the taxonomy's guides. */
export function kindOf(leaf: Leaf): string {
  if (leaf.kind === 'knowledge') return 'knowledge';
  if (leaf.examples.length === 0) return 'skill';
  return isGrounded(leaf) ? 'grounded skill' : 'freeform skill';
}

/** `2026-03-01 09:30 UTC`: a moment that means the same to every reader. */
export const moment = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
