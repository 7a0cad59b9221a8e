import type { Contribution, FileAccount } from '../contribution.ts';
import { hashText } from '../finding.ts';

/** A leaf that another open pull request of the repository adds or changes, whether or not it could be read. */
export type OpenLeaf = {
  readonly path: string;
  /** Examples that could be read; 0 when the file is not YAML. */
  readonly examples: number;
  /** Head of the pull request. */
  readonly sha: string;
  readonly pullRequest: {
    readonly number: number;
    readonly authorId: number;
    readonly authorLogin: string;
    /** ISO 8601. When a leaf of this path was first seen in that pull request. */
    readonly seenAt: string;
  };
};

/**
 * Paths of the contribution that were meant as leaves. A file that is not YAML claims its leaf node all the same: whoever comes
 * next with that topic should know before the first has mended a comma.
 */
export const claimedPaths = ({ leaves, account }: Pick<Contribution, 'leaves' | 'account'>): readonly string[] => [
  ...new Set([
    ...leaves.map(({ path }) => path),
    ...account.filter(({ state, ...file }) => state === 'reviewed' && isMeantAsLeaf(file)).map(({ path }) => path),
  ]),
];

const isMeantAsLeaf = ({ role, path }: Pick<FileAccount, 'role' | 'path'>): boolean =>
  role === 'qna' || (role === 'misplaced' && /(?:^|\/)qna\b[^/]*$/i.test(path));

/** Stands for a leaf's path where first sights are kept, beside the keys of examples. */
export const placeKey = (path: string): string => hashText(`leaf\n${path}`);
