import type { FileContent } from '../core/pull-request.ts';
import type { Taxonomy } from '../core/taxonomy.ts';
import type { FoundSource } from '../ports.ts';

/** Answers of GitHub that cannot change, shared by the reviews of one process: half the reads of a sweep are for the same base. */
export type Memory = {
  /** By repository and commit. */
  readonly taxonomies: Remembered<Taxonomy>;
  /** By repository and commit. That there is none is not kept: a replica that lags says the same. */
  readonly policies: Remembered<string | undefined>;
  /** Those that others build on, by installation, repository and minute: a burst of reviews asks once. */
  readonly sharedPolicies: Remembered<{ readonly text?: string }>;
  /** By installation. */
  readonly installedAt: Remembered<string>;
  /** By installation, repository and commit. A commit that is not there may still come, so that is not kept. */
  readonly sources: Remembered<FoundSource>;
  /** Documents, by installation, repository and blobs. */
  readonly texts: Remembered<ReadonlyMap<string, string>>;
  /** By installation, repository and blob: small files that GitHub gives only one by one. */
  readonly blobs: Remembered<FileContent | undefined>;
};

/** The kept answer, or a new one. Asked for the same twice at once, it asks once. Failures are not kept. */
export type Remembered<T> = (key: string, load: () => Promise<T>) => Promise<T>;

/** A tree of 10,000 files takes about 2 MB, and open pull requests share a handful of base branches. */
const TAXONOMIES = 8;
const SMALL_ANSWERS = 500;

/** The files of a repository take 4 MB at most, the documents of a leaf 3 MB. */
const SOURCES = 16;
const TEXTS = 8;

/** One pull request has 3,000 files at most; together 48 MB. */
const BLOBS = 3_000;
const SMALL_BLOB_BYTES = 16_000;

/** Empty at first. */
export const createMemory = (): Memory => ({
  taxonomies: remember(TAXONOMIES),
  policies: remember(SMALL_ANSWERS),
  sharedPolicies: remember(SMALL_ANSWERS),
  installedAt: remember(SMALL_ANSWERS),
  sources: remember(SOURCES, ({ type }: FoundSource) => type === 'source'),
  texts: remember(TEXTS),
  blobs: remember(BLOBS, isSmall),
});

const isSmall = (content: FileContent | undefined): boolean =>
  content !== undefined && (content.type !== 'bytes' || content.bytes.byteLength <= SMALL_BLOB_BYTES);

/** Keeps the answers that were used last, of those worth it. */
function remember<T>(limit: number, isWorthIt = (answer: T): boolean => answer !== undefined): Remembered<T> {
  const kept = new Map<string, Promise<T>>();
  return (key, load) => {
    const answer = kept.get(key) ?? load();
    kept.delete(key);
    kept.set(key, answer);
    const [oldest] = kept.keys();
    if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
    const forget = (): void => {
      if (kept.get(key) === answer) kept.delete(key);
    };
    answer.then(value => !isWorthIt(value) && forget(), forget);
    return answer;
  };
}
