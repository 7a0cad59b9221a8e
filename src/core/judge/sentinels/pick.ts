import type { Draw } from '../draw.ts';
import { madeText } from '../fields.ts';
import type { Field, FieldName } from '../fields.ts';
import type { Criterion } from '../criterion.ts';
import type { RubricKind } from '../rubric.ts';
import { skillFileSpecimens, knowledgeFileSpecimens } from './files.ts';
import { freeformSpecimens } from './freeform.ts';
import { groundedSpecimens } from './grounded.ts';
import { knowledgeSpecimens } from './knowledge.ts';
import type { Specimen, SpecimenTexts } from './specimen.ts';

/** An example of ours among those that the model is asked about, of which we know what must be said. */
export type Sentinel = {
  readonly fields: readonly Field[];
  /** Criteria of which at least one must get a no; empty for a good example, of which none may. */
  readonly breaks: readonly string[];
};

/** In the order in which fields are shown. */
const order: readonly FieldName[] = [
  'directories',
  'task_description',
  'domain',
  'document_outline',
  'features',
  'context',
  'question',
  'reference',
  'answer',
];

const fieldsOf = (texts: SpecimenTexts): readonly Field[] =>
  order.flatMap(name => {
    const value = texts[name];
    return value === undefined ? [] : [{ name, text: madeText(value) }];
  });

type Pool = { readonly good: readonly Sentinel[]; readonly bad: readonly Sentinel[] };

/** One pool a specimen, so that the two of one call are never of the same. */
const poolOf = (specimens: readonly Specimen[]): readonly Pool[] =>
  specimens.map(({ texts, flaws }) => ({
    good: [{ fields: fieldsOf(texts), breaks: [] }],
    bad: flaws.map(flaw => ({ fields: fieldsOf(spoil(texts, flaw.texts)), breaks: flaw.breaks })),
  }));

/** The reference is to the question as it was. */
const spoil = ({ reference, ...texts }: SpecimenTexts, changes: SpecimenTexts): SpecimenTexts => ({
  ...texts,
  ...(reference !== undefined && changes.question === undefined && { reference }),
  ...changes,
});

const withoutContext = (specimens: readonly Specimen[]): readonly Specimen[] =>
  specimens.map(({ texts, flaws }) => ({
    texts: Object.fromEntries(Object.entries(texts).filter(([name]) => name !== 'context')),
    flaws,
  }));

const pools: Readonly<Record<RubricKind, readonly Pool[]>> = {
  'freeform-skill': poolOf(freeformSpecimens),
  'grounded-skill': poolOf(groundedSpecimens),
  knowledge: poolOf(knowledgeSpecimens),
  'knowledge-without-context': poolOf(withoutContext(knowledgeSpecimens)),
  'skill-file': poolOf(skillFileSpecimens),
  'knowledge-file': poolOf(knowledgeFileSpecimens),
};

/** Every sentinel of a kind, for those who want to read them. */
export const sentinelsOf = (kind: RubricKind): readonly Sentinel[] =>
  pools[kind].flatMap(({ good, bad }) => [...good, ...bad]);

/**
 * A known-good and a known-bad example of the kind, of different origin. The bad one breaks a criterion that is asked; where the
 * policy has switched off all that any of them breaks, there is no bad one, and an answer of always yes goes unnoticed.
 */
export function pickSentinels(kind: RubricKind, criteria: readonly Criterion[], draw: Draw): readonly Sentinel[] {
  const asked = new Set(criteria.map(({ id }) => id));
  const [first, ...others] = draw.shuffle(pools[kind]);
  const bad = draw
    .shuffle(others.flatMap(pool => pool.bad))
    .map(({ fields, breaks }) => ({ fields, breaks: breaks.filter(id => asked.has(id)) }))
    .find(({ breaks }) => breaks.length > 0);
  return [...(first?.good ?? []), ...(bad === undefined ? [] : [bad])];
}
