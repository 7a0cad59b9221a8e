import type { Finding } from '../core/finding.ts';
import type { LabelledPair } from '../recorded/labelled-pairs.ts';

/** What is known of a reviewed pull request: what was found, and on which lines the questions of each file stand, in their order. */
export type ReviewOfDuplicates = {
  readonly findings: readonly Finding[];
  readonly questionLines: ReadonlyMap<string, readonly number[]>;
};

/** Pairs of one kind and label: how many there are, how many the later review names, and how many it asks a triager about. */
export type LabelScore = {
  readonly kind: LabelledPair['kind'];
  readonly label: string;
  readonly pairs: number;
  readonly named: number;
  readonly questioned: number;
  /** Pairs of examples that are not named by themselves, and whose files are. */
  readonly withFile: number;
};

/** Compares the reviews with what readers said, label by label in the order of the pairs. Pairs that were not reviewed do not count. */
export function scoreLabels(
  pairs: readonly LabelledPair[],
  reviews: ReadonlyMap<number, ReviewOfDuplicates>,
): readonly LabelScore[] {
  const scores = new Map<string, LabelScore>();
  for (const pair of pairs) {
    const review = reviews.get(pair.later.pr);
    if (review === undefined || !reviews.has(pair.earlier.pr)) continue;
    const naming = review.findings.filter(finding => names(finding, pair, review));
    const { kind, label } = pair;
    const known = scores.get(`${kind} ${label}`) ?? { kind, label, pairs: 0, named: 0, questioned: 0, withFile: 0 };
    scores.set(`${kind} ${label}`, {
      ...known,
      pairs: known.pairs + 1,
      named: known.named + Number(naming.length > 0),
      questioned: known.questioned + Number(naming.some(({ severity }) => severity !== 'note')),
      withFile:
        known.withFile + Number(naming.length === 0 && review.findings.some(finding => namesFile(finding, pair))),
    });
  }
  return [...scores.values()];
}

/** Whether the finding points from the later end of the pair to the earlier one. */
function names(finding: Finding, pair: LabelledPair, review: ReviewOfDuplicates): boolean {
  if (!namesFile(finding, pair)) return false;
  const { kind, later } = pair;
  return (
    kind === 'contribution' || finding.location.line === review.questionLines.get(later.path)?.[later.example ?? 0]
  );
}

/** The same for the files in which the two ends stand: those are what readers compared. */
function namesFile({ rule, location, related = [] }: Finding, { earlier, later }: LabelledPair): boolean {
  if (!rule.startsWith('duplicate/') || location.path !== later.path) return false;
  return related.some(({ pullRequest, path }) => pullRequest === earlier.pr && path === earlier.path);
}
