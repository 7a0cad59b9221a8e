import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Account } from './pull-request.ts';

/** Where something is. Lines and columns count from 1, as on GitHub; columns in UTF-16 code units. */
export type Location = {
  /** Empty for what is about the pull request itself: its title, its commits. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
};

/** What a finding weighs: `error`: the contributor must act. `question`: a triager must look. `note`: nothing changes. */
export type Severity = 'error' | 'question' | 'note';

/** From the gravest to the lightest: the order in which people read them. */
export const severities = ['error', 'question', 'note'] as const satisfies readonly Severity[];

/** Replaces the whole lines `startLine`..`endLine` of the file at the head. Only code that proves the edit safe makes one. */
export type Suggestion = { readonly startLine: number; readonly endLine: number; readonly replacement: string };

/** Another place that the finding speaks of: the twin of a duplicate, the first use of a key. */
export type Related = {
  readonly label: string;
  readonly path: string;
  readonly line: number;
  /** The commit at which `path` and `line` are true. */
  readonly sha: string;
  readonly pullRequest?: number;
  /** What stands here and there, where the finding is that the two are alike. */
  readonly compared?: { readonly here: string; readonly there: string };
};

/** Text that stands word for word in the contribution. `field` is a YAML path. */
export type Evidence = { readonly field: string; readonly quote: string };

/** A file that is missing, with the text to begin it with. */
export type NewFile = { readonly path: string; readonly text: string };

/** A thing that was noticed, before it has its identity. Rules, the parser, the screens and the judge all make these. */
export type Concern = {
  /** Namespaced and stable: `schema/too-few-items`, `duplicate/same-example`, `judge/answers-the-question`. */
  readonly rule: string;
  readonly severity: Severity;
  /** Plain text for the contributor: what is wrong and how to mend it. Rendering escapes it. */
  readonly message: string;
  readonly location: Location;
  /** Such as `.seed_examples[0].answer`; `.` for the root of the document or a file without one. */
  readonly yamlPath: string;
  /** The text that is at fault, if there is one. It goes into the identity and is never shown. */
  readonly flagged?: string;
  readonly suggestion?: Suggestion;
  readonly newFile?: NewFile;
  readonly related?: readonly Related[];
  readonly evidence?: readonly Evidence[];
};

/** A concern that asks nothing of the contributor: all that the judge may have, until labels show that it is right. */
export type AdvisoryConcern = Concern & { readonly severity: Exclude<Severity, 'error'> };

/** What a person said about a finding, for all to see. */
export type PersonsWord = { readonly by: Account; readonly commentId: number; readonly reason: string };

/** A concern with an identity that outlives rewording and examples inserted above it. */
export type Finding = Omit<Concern, 'flagged'> & {
  /** Hex, 40 characters. Its first 7 are the id that people type. */
  readonly fingerprint: string;
  /** Somebody who may took its weight away. */
  readonly waived?: PersonsWord;
  /** Somebody says that it is wrong, and nobody decided yet. */
  readonly disputed?: PersonsWord;
};

/**
 * Gives each concern its fingerprint: rule + leaf node + YAML path without indexes + flagged value, and an ordinal among equals
 * in their order. The order of the list is kept.
 */
export function identify(concerns: readonly Concern[]): readonly Finding[] {
  const seen = new Map<string, number>();
  return concerns.map(({ flagged, ...concern }) => {
    const leafNode = concern.location.path.replace(/\/[^/]*$/, '');
    const key = [concern.rule, leafNode, concern.yamlPath.replaceAll(/\[\d+\]/g, '[]'), flagged ?? ''].join('\0');
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return { ...concern, fingerprint: hashText(`${key}\0${ordinal}`) };
  });
}

/** The id that people type: `explain 3f9a2c1`. */
export const shortId = ({ fingerprint }: Pick<Finding, 'fingerprint'>): string => fingerprint.slice(0, 7);

/** SHA-256 of the UTF-8 text, cut to 40 hex digits (160 bits: no collisions by accident or by design). */
export const hashText = (text: string): string => hashTexts([text]);

/** The same of texts joined, which need not fit into one string. No piece may end in half a surrogate pair. */
export function hashTexts(pieces: Iterable<string>): string {
  const hash = sha256.create();
  for (const piece of pieces) hash.update(utf8ToBytes(piece));
  return bytesToHex(hash.digest()).slice(0, 40);
}
