import { z } from 'zod';
import { closest } from '../closest.ts';
import { hashText } from '../finding.ts';
import type { Criterion } from './criterion.ts';
import { RUBRIC_VERSION, quotableFields, standardRubric } from './rubric.ts';
import type { Rubric, RubricKind } from './rubric.ts';

/** Questions of a repository's own: each is asked about every example, and paid for. */
const MAX_AMENDMENTS = 30;

/** One line that people can see whole: it goes into prompts and comments as it is. */
const line = z
  .string()
  .trim()
  .min(10)
  .max(600)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, 'must be one line');

const kinds = ['freeform-skill', 'grounded-skill', 'knowledge', 'skill-file', 'knowledge-file'] as const;

const wordsSchema = z.strictObject({
  question: line.optional(),
  rewording: line.optional(),
  complaint: line.optional(),
  evidenceIn: z
    .enum([
      'task_description',
      'domain',
      'document_outline',
      'context',
      'question',
      'answer',
      'directories',
      'features',
    ])
    .optional(),
  severity: z.enum(['question', 'note']).optional(),
  for: z.array(z.enum(kinds)).min(1).optional(),
});

type Words = z.output<typeof wordsSchema>;

const standardCriteria = new Map(
  Object.values(standardRubric.criteria).flatMap(criteria => criteria.map(criterion => [criterion.id, criterion])),
);

/**
 * The policy's key `judge.rubric`: a criterion by its id is switched off, reworded or weighed as a note; another id is a question
 * of the repository's own. What a rewording asks must stay the same thing, because the sentinels' answers do.
 */
export const amendmentsSchema = z
  .record(
    z
      .string()
      .max(60)
      .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'must be small letters and digits, joined by hyphens'),
    z.union([z.literal('off'), wordsSchema], 'must be `off`, or a mapping with `question`, `complaint` or `severity`'),
  )
  .superRefine((amendments, context) => {
    if (Object.keys(amendments).length > MAX_AMENDMENTS)
      complain([], `at most ${MAX_AMENDMENTS} questions may be named`);
    for (const [id, amendment] of Object.entries(amendments)) {
      const known = standardCriteria.get(id);
      if (amendment === 'off' || known !== undefined) {
        if (known === undefined) complain([id], `is not a question of the rubric${suggestion(id)}`);
        else if (amendment !== 'off' && (amendment.for ?? amendment.evidenceIn) !== undefined) {
          complain([id], 'is a question of the rubric: its `for` and `evidenceIn` stay as they are');
        }
        continue;
      }
      const missing = (['question', 'complaint', 'evidenceIn', 'for'] as const).filter(
        key => amendment[key] === undefined,
      );
      if (missing.length > 0) {
        complain(
          [id],
          `is not a question of the rubric${suggestion(id)}; one of your own needs \`${missing.join('`, `')}\``,
        );
      }
      const { evidenceIn } = amendment;
      for (const kind of amendment.for ?? []) {
        if (evidenceIn !== undefined && !quotableFields[kind].includes(evidenceIn)) {
          complain([id, 'evidenceIn'], `there is no \`${evidenceIn}\` in ${kind}`);
        }
      }
    }

    function complain(path: readonly string[], message: string): void {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });

/** What the maintainers of a repository changed. */
export type Amendments = z.output<typeof amendmentsSchema>;

const suggestion = (id: string): string => {
  const meant = closest(id, [...standardCriteria.keys()]);
  return meant === undefined ? '' : ` (did you mean \`${meant}\`?)`;
};

/** The standard rubric as the policy wants it. Only what the model is asked makes another version. */
export function amendRubric(amendments: Amendments): Rubric {
  const own = Object.entries(amendments).filter(([id]) => !standardCriteria.has(id));
  const amended = (kind: RubricKind): readonly Criterion[] => [
    ...standardRubric.criteria[kind].flatMap(criterion => {
      const amendment = Object.hasOwn(amendments, criterion.id) ? amendments[criterion.id] : undefined;
      if (amendment === 'off') return [];
      return amendment === undefined ? [criterion] : [reword(criterion, amendment)];
    }),
    ...own.flatMap(([id, amendment]) => (amendment === 'off' ? [] : makeCriterion(id, amendment, kind))),
  ];
  const criteria: Rubric['criteria'] = {
    'freeform-skill': amended('freeform-skill'),
    'grounded-skill': amended('grounded-skill'),
    knowledge: amended('knowledge'),
    'knowledge-without-context': amended('knowledge-without-context'),
    'skill-file': amended('skill-file'),
    'knowledge-file': amended('knowledge-file'),
  };
  const asked = askedIn(criteria);
  const isStandard = asked === askedIn(standardRubric.criteria);
  return { version: isStandard ? RUBRIC_VERSION : `${RUBRIC_VERSION}-${hashText(asked).slice(0, 8)}`, criteria };
}

/** A new question has no second wording but one of its own. */
const reword = (criterion: Criterion, { question, rewording, complaint, severity }: Words): Criterion => ({
  ...criterion,
  ...(question !== undefined && { question, rewording: question }),
  ...(rewording !== undefined && { rewording }),
  ...(complaint !== undefined && { complaint }),
  ...(severity !== undefined && { severity }),
});

function makeCriterion(id: string, words: Words, kind: RubricKind): readonly Criterion[] {
  const { question, rewording = question, complaint, evidenceIn, severity = 'question', for: kinds = [] } = words;
  if (question === undefined || rewording === undefined || complaint === undefined || evidenceIn === undefined)
    return [];
  const isMeant = kinds.some(each => each === kind);
  return isMeant ? [{ id, question, rewording, complaint, evidenceIn, severity }] : [];
}

const askedIn = (criteria: Rubric['criteria']): string =>
  JSON.stringify(
    Object.entries(criteria).map(([kind, list]) => [
      kind,
      list.map(({ id, question, rewording, evidenceIn }) => [id, question, rewording, evidenceIn]),
    ]),
  );
