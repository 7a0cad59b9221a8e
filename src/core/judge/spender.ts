import type { Policy } from '../policy.ts';
import type { PullRequest } from '../pull-request.ts';
import type { Caps, Spender } from './model.ts';

/** More than any content can cost: every reply is paid for once. */
const WITHOUT_CAPS: Caps = {
  pullRequest: Number.MAX_SAFE_INTEGER,
  authorPerDay: Number.MAX_SAFE_INTEGER,
  repositoryPerDay: Number.MAX_SAFE_INTEGER,
};

/** Whose budgets the calls about a pull request are charged to, by the policy. `isFree`: a maintainer said that no cap is to hold. */
export const spenderOf = (
  { repository, number, headSha, author }: PullRequest,
  { judge }: Pick<Policy, 'judge'>,
  isFree: boolean,
): Spender => ({
  pullRequest: { repository, number },
  headSha,
  authorId: author.id,
  caps: isFree
    ? WITHOUT_CAPS
    : {
        pullRequest: judge.maxTokensPerPullRequest,
        authorPerDay: judge.maxTokensPerAuthorPerDay,
        repositoryPerDay: judge.maxTokensPerRepositoryPerDay,
      },
  prices: judge.prices,
});
