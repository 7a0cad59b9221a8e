/**
 * How long after its first pull request was recorded a repository still counts as new here. Its first sweep, over all that were
 * open before, takes minutes to hours.
 */
const FIRST_SWEEP_MS = 24 * 60 * 60 * 1000;

/**
 * When the texts of a pull request that is recorded for the first time were first seen. While the repository is new here (also
 * after its database was lost) that is when the pull request was opened, the best that is known. Later it is now: an old pull
 * request that nobody recorded may have been reopened with a copied text.
 */
export const firstSight = (createdAt: string, repositorySince: Date, now: Date): Date =>
  now.getTime() - repositorySince.getTime() <= FIRST_SWEEP_MS ? new Date(createdAt) : now;
