import type { FieldName } from '../fields.ts';

/** The texts of an example of our own. */
export type SpecimenTexts = Readonly<Partial<Record<FieldName, string>>>;

/**
 * An example of our own writing to which all questions have the answer yes, and ways to spoil it. Spoiled in one of them it is a
 * known-bad example: at least one of the criteria that the flaw `breaks` must get a no.
 */
export type Specimen = {
  readonly texts: SpecimenTexts;
  readonly flaws: readonly {
    readonly texts: SpecimenTexts;
    readonly breaks: readonly [string, ...string[]];
  }[];
};
