import type { AdvisoryConcern } from '../finding.ts';
import type { Criterion } from './criterion.ts';
import { locate } from './locate.ts';
import type { Opinion } from './vote.ts';

/** What follows from the opinions on one case. */
export type Weighed = {
  readonly concerns: readonly AdvisoryConcern[];
  /** Ids of the criteria to which there is no answer. */
  readonly open: readonly string[];
};

/**
 * Turns opinions into concerns. Message and quote are ours: the model decides which of our sentences is shown, and where. A
 * criterion without an opinion is open.
 */
export function weigh(
  path: string,
  criteria: readonly Criterion[],
  opinions: ReadonlyMap<string, Opinion>,
  /** Makes the concern of a no; about the words themselves unless told. */
  concernOf: (
    criterion: Criterion,
    opinion: Extract<Opinion, { readonly verdict: 'no' }>,
  ) => AdvisoryConcern = aboutWords(path),
): Weighed {
  const concerns: AdvisoryConcern[] = [];
  const open: string[] = [];
  for (const criterion of criteria) {
    const opinion = opinions.get(criterion.id);
    if (opinion?.verdict === 'no') concerns.push(concernOf(criterion, opinion));
    else if (opinion?.verdict !== 'yes') open.push(criterion.id);
  }
  return { concerns, open };
}

/** The concern stands where the quoted words do. */
export const aboutWords =
  (path: string) =>
  (
    { id, severity, complaint }: Criterion,
    { span }: Extract<Opinion, { readonly verdict: 'no' }>,
  ): AdvisoryConcern => ({
    rule: `judge/${id}`,
    severity,
    message: complaint,
    location: locate(path, span),
    yamlPath: span.field.text.yamlPath,
    // The whole field, not the quote: the next reply may quote other words for the same concern.
    flagged: span.field.text.value,
    evidence: [{ field: span.field.text.yamlPath, quote: span.quote }],
  });
