import type { Account } from './pull-request.ts';

/** Id that stands for every deleted account, which GitHub shows as `ghost`. */
export const NOBODY = 0;

/** Whether two ids are of one account. Deleted accounts are nobody: no two of them are known to be the same. */
export const isSameAccount = (id: Account['id'], other: Account['id'] | undefined): boolean =>
  id !== NOBODY && id === other;
