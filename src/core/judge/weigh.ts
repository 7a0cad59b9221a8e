import type { AdvisoryConcern } from '../finding.ts';
import { evidenceIn } from './evidence.ts';
import type { Field } from './fields.ts';
import { locate } from './locate.ts';
import type { Answer } from './reply.ts';
import type { Criterion } from './rubric.ts';

/**
 * Turns answers into concerns. A `no` counts only with words that stand in the example; without them it is a `cannot_tell`, as
 * is everything that is not answered. Message and quote are ours: the model decides which of our sentences is shown, and where.
 */
export function weigh(
  path: string,
  criteria: readonly Criterion[],
  fields: readonly Field[],
  answers: ReadonlyMap<string, Answer>,
): { readonly concerns: readonly AdvisoryConcern[]; readonly cannotTell: number } {
  const findEvidence = evidenceIn(fields);
  const concerns: AdvisoryConcern[] = [];
  let cannotTell = 0;
  for (const criterion of criteria) {
    const answer = answers.get(criterion.id);
    if (answer?.verdict === 'yes') continue;
    const span = answer?.verdict === 'no' ? findEvidence(answer.quote, criterion.evidenceIn) : undefined;
    if (span === undefined) {
      cannotTell += 1;
      continue;
    }
    concerns.push({
      rule: `judge/${criterion.id}`,
      severity: criterion.severity,
      message: criterion.complaint,
      location: locate(path, span),
      yamlPath: span.field.text.yamlPath,
      // The whole field, not the quote: the next reply may quote other words for the same concern.
      flagged: span.field.text.value,
      evidence: [{ field: span.field.text.yamlPath, quote: span.quote }],
    });
  }
  return { concerns, cannotTell };
}
