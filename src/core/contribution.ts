import type { Mistaken } from './attribution/read.ts';
import type { Work } from './attribution/works.ts';
import type { Concern } from './finding.ts';

/** A text of the contribution with its place in the file. */
export type Text = {
  readonly value: string;
  /** Such as `.seed_examples[0].answer`. */
  readonly yamlPath: string;
  /** Where the value begins and the line on which it ends; from 1. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
};

/** One question and its answer, as the pipeline that makes synthetic data uses it. */
export type SeedExample = {
  /** `.seed_examples[0]` of a skill, `.seed_examples[0].questions_and_answers[1]` of knowledge. */
  readonly yamlPath: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly question: Text;
  readonly answer: Text;
  readonly context?: Text;
};

/** The document that knowledge is drawn from. */
export type KnowledgeDocument = {
  readonly repo?: Text;
  readonly commit?: Text;
  readonly patterns: readonly Text[];
};

export type LeafKind = 'skill' | 'knowledge';

/**
 * What could be read from one `qna.yaml`. Fields that are missing or of the wrong type are absent here and have a concern;
 * only examples with both a question and an answer are listed. So a leaf with mistakes can still be compared with others.
 */
export type Leaf = {
  readonly kind: LeafKind;
  /** Of the file, from the root of the repository. */
  readonly path: string;
  /** Git's id of the file's bytes. */
  readonly blobSha: string;
  readonly version: number;
  readonly createdBy?: Text;
  readonly taskDescription?: Text;
  readonly domain?: Text;
  readonly documentOutline?: Text;
  readonly document?: KnowledgeDocument;
  readonly examples: readonly SeedExample[];
};

/** `attribution.txt`, as it stands and as it was read: the works that it names, or why it is no attribution. */
export type Attribution = {
  readonly path: string;
  readonly text: string;
  readonly works: readonly Work[];
  readonly mistaken?: Mistaken;
};

/** What the file is for us, by its path alone. */
export type FileRole = 'qna' | 'attribution' | 'misplaced' | 'other';

/**
 * One line of the account of every changed file. A check is green only if each changed file is `reviewed` or `irrelevant`;
 * `unread` says why not.
 */
export type FileAccount = {
  readonly path: string;
  readonly role: FileRole;
  readonly state: 'reviewed' | 'irrelevant' | 'removed' | 'unread';
  readonly reason?: string;
};

/** What one pull request asks to add, and everything noticed while reading it. */
export type Contribution = {
  readonly leaves: readonly Leaf[];
  readonly attributions: readonly Attribution[];
  readonly account: readonly FileAccount[];
  readonly concerns: readonly Concern[];
};

/** The folder of the leaf: `compositional_skills/writing/rhymes` of `compositional_skills/writing/rhymes/qna.yaml`. */
export const leafNode = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Grounded skills carry a context in their examples, freeform ones do not. */
export const isGrounded = (leaf: Leaf): boolean =>
  leaf.kind === 'skill' && leaf.examples.some(example => example.context !== undefined);
