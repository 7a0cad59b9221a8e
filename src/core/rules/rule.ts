import type { Contribution } from '../contribution.ts';
import type { Neighbourhood } from '../duplicates/example-key.ts';
import type { Concern, Severity } from '../finding.ts';
import type { PullRequest } from '../pull-request.ts';
import type { Taxonomy } from '../taxonomy.ts';

/** What rules know beside the contribution. All of it was read before: a rule asks nobody anything. */
export type Facts = {
  /** Number and author are absent where there is no pull request: a merge queue, files on a disk. */
  readonly pullRequest: Pick<PullRequest, 'headSha' | 'files'> & Partial<Pick<PullRequest, 'number' | 'author'>>;
  readonly taxonomy: Taxonomy;
  readonly neighbourhood: Neighbourhood;
};

/** A mistake and its remedy, as the documentation shows them. A test makes the mistake in a sound leaf and expects the rule to tell. */
export type Mistake =
  | {
      readonly type: 'text';
      readonly file: 'qna.yaml' | 'attribution.txt';
      readonly right: string;
      readonly wrong: string;
    }
  | { readonly type: 'path'; readonly right: string; readonly wrong: string }
  | { readonly type: 'absent'; readonly file: 'attribution.txt' };

/** What people are told about a rule. The pages are made of these. */
export type RuleDoc = {
  readonly id: string;
  /** The gravest that it gives. */
  readonly severity: Severity;
  /** Why it is wrong, from the contributor's side. */
  readonly why: string;
  /** How to mend it. */
  readonly remedy: string;
  /** What the reference checker and the taxonomy's own workflow do about it. */
  readonly upstream: string;
  readonly mistake?: Mistake;
};

/** Pure and synchronous: the same contribution and facts always give the same concerns in the same order. */
export type Rule = {
  readonly doc: RuleDoc;
  readonly check: (contribution: Contribution, facts: Facts) => readonly Concern[];
};
