import type { Text } from '../contribution.ts';
import { matches, readGlob } from './glob.ts';

/** What was learnt of the document of one leaf. What is not known is never held against the contributor. */
export type DocumentLookup =
  /** Nobody looked, or GitHub could not say. `question`: a person must look instead. */
  | { readonly type: 'not-looked-up'; readonly severity: 'question' | 'note'; readonly reason: string }
  /** It is not there, or not public: which of the two is not told to anybody. */
  | { readonly type: 'unseen' }
  | { readonly type: 'moved' }
  | { readonly type: 'commit-unseen' }
  | FoundDocument;

export type FoundDocument = {
  readonly type: 'found';
  /** Whether the commit belongs to the default branch. Of a commit elsewhere nobody can tell who wrote it: forks share commits. */
  readonly isOnDefaultBranch: boolean;
  readonly licence: SourceLicence;
  /** Paths that each pattern matches, in the order of the patterns. */
  readonly matched: readonly (readonly string[])[];
  /** By YAML path of the context, which share of it was found in the documents, from 0 to 1. */
  readonly shares: ReadonlyMap<string, number>;
  /** Why contexts were not compared, in words; absent when they were. */
  readonly uncompared?: string;
};

/** What GitHub says of the licence: an SPDX id, `other` for one that it does not know, `none`. */
export type SourceLicence =
  | { readonly type: 'known'; readonly id: string }
  | { readonly type: 'other' }
  | { readonly type: 'none' };

/** A public repository at one commit. */
export type DocumentSource = {
  readonly isOnDefaultBranch: boolean;
  readonly licence: SourceLicence;
  /** Every plain file: path to blob id and size in bytes. */
  readonly files: ReadonlyMap<string, { readonly sha: string; readonly size: number }>;
};

/** About 40 ms. A real pattern takes a few steps a path. */
const MAX_STEPS = 4_000_000;

/** The paths that each pattern matches; undefined when that would take too long. */
export function matchPatterns(
  patterns: readonly Pick<Text, 'value'>[],
  paths: Iterable<string>,
): readonly (readonly string[])[] | undefined {
  const budget = { steps: MAX_STEPS };
  const matched = patterns.map(({ value }) => ({ glob: readGlob(value), paths: [] as string[] }));
  for (const path of paths) {
    for (const each of matched) {
      const isMatch = matches(each.glob, path, budget);
      if (isMatch === undefined) return undefined;
      if (isMatch) each.paths.push(path);
    }
  }
  return matched.map(({ paths: found }) => found);
}

export type DocumentKind = 'md' | 'pdf' | 'other';

/** The pipeline reads these two, in any case of letters. */
export function kindOf(path: string): DocumentKind {
  const extension = /\.(md|pdf)$/i.exec(path)?.[1]?.toLowerCase();
  return extension === 'md' || extension === 'pdf' ? extension : 'other';
}
