import type { Caps, Spender } from '../../src/core/judge/model.ts';
import type { RepositoryRef } from '../../src/core/pull-request.ts';

const NO_CAP = 1_000_000_000;

/** Whoever pays for pull request `number` of the repository, written by account 3 unless told; only the given caps bite. */
export const spenderFor = (
  repository: RepositoryRef,
  number: number,
  {
    authorId = 3,
    headSha = 'head',
    prices = {},
    ...caps
  }: Partial<Caps & Pick<Spender, 'authorId' | 'headSha' | 'prices'>> = {},
): Spender => ({
  pullRequest: { repository, number },
  headSha,
  authorId,
  caps: { pullRequest: NO_CAP, authorPerDay: NO_CAP, repositoryPerDay: NO_CAP, ...caps },
  prices,
});
