import type { Contribution, Leaf } from '../contribution.ts';
import type { DocumentLookup } from '../documents/lookup.ts';
import type { Neighbourhood } from '../duplicates/example-key.ts';
import type { PairOpinion } from '../judge/pairs/pair-reply.ts';
import type { Concern, Severity } from '../finding.ts';
import type { ProposedPolicy } from '../policy-change.ts';
import type { Policy } from '../policy.ts';
import type { PullRequest } from '../pull-request.ts';
import type { Taxonomy } from '../taxonomy.ts';

/** What rules know beside the contribution. All of it was read before: a rule asks nobody anything. */
export type Facts = {
  /** All but the files is absent where there is no pull request: a merge queue, files on a disk. */
  readonly pullRequest: Pick<PullRequest, 'headSha' | 'files'> &
    Partial<Pick<PullRequest, 'number' | 'author' | 'title' | 'body' | 'commits'>>;
  readonly taxonomy: Taxonomy;
  readonly neighbourhood: Neighbourhood;
  readonly policy: Policy;
  /** What stood at the paths of leaves that are changed; absent where it was not looked up. */
  readonly leavesBefore?: ReadonlyMap<string, Leaf>;
  /** By path of the leaf: what was learnt of its document. Absent where nobody looks: a merge queue, files on a disk. */
  readonly documents?: ReadonlyMap<string, DocumentLookup>;
  /** What the pull request would make of the policy; absent where it leaves that alone. */
  readonly proposedPolicy?: ProposedPolicy;
  /** What the judge says of pairs that may be the same, by `pairName`; absent where it was not asked. */
  readonly opinions?: ReadonlyMap<string, PairOpinion>;
};

/**
 * A mistake and its remedy, as the documentation shows them. Of `text`, `path` and `absent` a test makes the mistake in a sound
 * leaf and expects the rule to tell; an `excerpt` stands word for word in the rule's fixtures, the wrong one in a bad and the right
 * one in a good contribution.
 */
export type Mistake =
  | {
      readonly type: 'text';
      readonly file: 'qna.yaml' | 'attribution.txt';
      readonly right: string;
      readonly wrong: string;
    }
  | { readonly type: 'path'; readonly right: string; readonly wrong: string }
  | { readonly type: 'absent'; readonly file: 'attribution.txt' }
  | { readonly type: 'excerpt'; readonly right: string; readonly wrong: string };

/** The lowest role that may decide that a finding does not count here. `nobody`: what is found cannot be used as it is. */
export type Waiver = 'triage' | 'maintain' | 'nobody';

/** What people are told about a rule. The pages are made of these. */
export type RuleDoc = {
  /** Family and name. Its fixtures lie in `test/fixtures/rules/<family>.<name>/`. */
  readonly id: string;
  /** The gravest that it gives. */
  readonly severity: Severity;
  /** Why it is wrong, from the contributor's side. The first sentence stands alone in lists. */
  readonly why: string;
  /** How to mend it. */
  readonly remedy: string;
  readonly waiver: Waiver;
  /** What the reference checker and the taxonomy's own workflow do about it. */
  readonly upstream: string;
  /** How often it was met before there was Assay, with the source in a few words. Our own counts are in docs/rules-measured.md. */
  readonly frequency?: string;
  readonly mistake?: Mistake;
};

/** Pure and synchronous: the same contribution and facts always give the same concerns in the same order. */
export type Rule = {
  readonly doc: RuleDoc;
  readonly check: (contribution: Contribution, facts: Facts) => readonly Concern[];
};
