import type { Severity } from '../finding.ts';
import type { FieldName } from './fields.ts';

/** Fields of which words may be quoted: all but the reference, which is not the contributor's. */
export type EvidenceField = Exclude<FieldName, 'reference'>;

/**
 * One question to the judge, put so that `yes` is good. The items and their form (binary, each with evidence) follow CheckEval
 * (arXiv 2403.18771) and the reasons for which triagers of the taxonomy turn contributions away. Whether a criterion is certified
 * to block is kept apart from it: that belongs to a version of the rubric and to a model.
 */
export type Criterion = {
  /** Kebab-case and stable; the finding's rule is `judge/<id>`. */
  readonly id: string;
  /** As the model reads it. */
  readonly question: string;
  /** The same asked in other words, for the second and third vote: an answer that hangs on the wording is none. */
  readonly rewording: string;
  /** What the contributor reads when the answer is no: what it means and how to mend it. Ours, never the model's. */
  readonly complaint: string;
  /** Where the words that show a no must stand. */
  readonly evidenceIn: EvidenceField;
  /** What a no weighs. Never `error`: a criterion without a certification cannot block. */
  readonly severity: Exclude<Severity, 'error'>;
};
