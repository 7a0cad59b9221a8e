import type { Concern } from '../finding.ts';
import type { Edit } from './edit.ts';
import type { Intent } from './prove.ts';
import type { Source } from './source.ts';

/** An edit that might mend a concern, with all that it may change. It is used only when that is proved. */
export type Candidate = { readonly edit: Edit; readonly intent: Intent };

/** Proposes edits for one kind of mistake, the best first. It may be wrong: a wrong candidate is refused. */
export type Kind = {
  readonly rules: readonly string[];
  /** Linear in the lines that it looks at. */
  readonly propose: (concern: Concern, source: Source) => readonly Candidate[];
};

/** At most one candidate. */
export const only = (edit: Edit | undefined, intent: Intent): readonly Candidate[] =>
  edit === undefined ? [] : [{ edit, intent }];
