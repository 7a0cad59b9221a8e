import type { SeedExample, Text } from '../contribution.ts';
import { hashText } from '../finding.ts';
import type { MeaningState } from './layers.ts';
import type { ExampleText, NearExample } from './near-example.ts';
import type { OpenLeaf } from './open-leaf.ts';

/**
 * Equal for two examples exactly if question and context are the same text: NFC, trimmed, runs of white space as one space.
 * Case and punctuation are kept: Morse code, kebab-case and "how many question marks" are not each other's duplicates.
 */
export function exampleKey(example: Pick<SeedExample, 'question' | 'context'>): string {
  const known = keys.get(example);
  if (known !== undefined) return known;
  const key = joinKey(example.question.value, contextKey(example.context));
  keys.set(example, key);
  return key;
}

/** The same of plain texts. `contextHash` is `hashContext` of the context; empty without one. */
export const joinKey = (question: string, contextHash: string): string =>
  hashText(`${normalise(question)}\0${contextHash}`);

/** `exampleKey` of an example's texts. */
export const exampleKeyOf = ({ question, context }: Pick<ExampleText, 'question' | 'context'>): string =>
  joinKey(question, context === undefined ? '' : hashContext(context));

/** What stands for a context in a key, so that who compares many questions about one text reads it once. */
export const hashContext = (context: string): string => hashText(normalise(context));

// All questions about one context share its text. Without these, a thousand questions about 800 kB held the thread for a minute.
const keys = new WeakMap<object, string>();
const contextKeys = new WeakMap<Text, string>();

function contextKey(context: Text | undefined): string {
  if (context === undefined) return '';
  const known = contextKeys.get(context);
  if (known !== undefined) return known;
  const key = hashContext(context.value);
  contextKeys.set(context, key);
  return key;
}

/**
 * What the index knows a blob's examples by: its id, and the version of how we read it. Raise the version when a change of the
 * parser or of `exampleKey` makes other keys of the same bytes, and everything is read anew.
 */
export const readingKey = (blobSha: string): string => `${blobSha}/${READING_VERSION}`;

const READING_VERSION = 3;

/** Equal for two examples exactly if their answers are equal, too. */
export function wholeKey(example: Pick<SeedExample, 'question' | 'context' | 'answer'>): string {
  const known = wholeKeys.get(example);
  if (known !== undefined) return known;
  const key = hashText(`${exampleKey(example)}\0${normalise(example.answer.value)}`);
  wholeKeys.set(example, key);
  return key;
}

const wholeKeys = new WeakMap<object, string>();

const normalise = (text: string): string => text.normalize('NFC').trim().replaceAll(/\s+/gu, ' ');

/** Where an example with the same key stands outside this pull request. */
export type Neighbour = {
  /** See `exampleKey`. */
  readonly key: string;
  readonly path: string;
  readonly line: number;
  /** The commit at which path and line are true: the base's tip, or the other pull request's head. */
  readonly sha: string;
  /** Absent when it stands in the taxonomy itself. */
  readonly pullRequest?: {
    readonly number: number;
    readonly authorId: number;
    readonly authorLogin: string;
    /** ISO 8601. When this text was first seen in that pull request. */
    readonly seenAt: string;
  };
};

/** The neighbours of a pull request's examples, and when each of its own texts was first seen in it. */
export type Neighbourhood = {
  readonly neighbours: readonly Neighbour[];
  /** By the key of the example, or by `placeKey` of the leaf; ISO 8601. */
  readonly seenAt: ReadonlyMap<string, string>;
  /**
   * What may be like each of its examples, the likeliest first; by `wholeKey`. Equal ones are among them. An example that is
   * absent was not looked up, because the pull request has very many.
   */
  readonly near: ReadonlyMap<string, readonly NearExample[]>;
  /** The leaves of the other open pull requests. */
  readonly openLeaves: readonly OpenLeaf[];
  /** Absent where examples were compared by words alone. */
  readonly meaning?: MeaningState;
};

/** That of files which are compared with nothing. */
export const noNeighbourhood: Neighbourhood = { neighbours: [], seenAt: new Map(), near: new Map(), openLeaves: [] };
