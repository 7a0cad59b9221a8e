/** The texts of one example, without where they stand. */
export type ExampleText = { readonly question: string; readonly answer: string; readonly context?: string };

/**
 * An example elsewhere that may be like one of the pull request's: in the taxonomy or in another open pull request. It was only
 * nominated, by parts that the two texts share; whether they are alike is for those who compare them.
 */
export type NearExample = ExampleText & {
  readonly path: string;
  readonly line: number;
  /** The commit at which path and line are true: the base's tip, or the other pull request's head. */
  readonly sha: string;
  /** Absent when it stands in the taxonomy itself. */
  readonly pullRequest?: {
    readonly number: number;
    readonly authorId: number;
    readonly authorLogin: string;
    /** ISO 8601. When this question, with its context, was first seen in that pull request. */
    readonly seenAt: string;
  };
  /** Bands of the signatures that the two have in common (see `signature.ts`), in the field where they have most; 0 to 21. */
  readonly sharedBands: number;
  /** How rare the words are that they have in common, in the field where these weigh most; from 0, without a limit. */
  readonly weight: number;
  /** How near it is in meaning, as a cosine; set where that alone brought it here, and no more than a reason to look. */
  readonly meaning?: number;
};

/** At most so many are nominated for one example. */
export const MAX_NEAR = 20;
