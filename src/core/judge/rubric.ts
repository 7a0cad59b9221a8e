import type { Leaf, SeedExample } from '../contribution.ts';
import type { Criterion, EvidenceField } from './criterion.ts';
import {
  agreesWithReference,
  answerComplete,
  answerCorrect,
  answerFromContext,
  answersTheQuestion,
  clearEnglish,
  knowledgeNotSkill,
  matchesSubject,
  matchesTask,
  noRestrictedAdvice,
  questionNeedsContext,
  questionSelfContained,
  reasoningShown,
  skillNotKnowledge,
} from './example-criteria.ts';
import { knowledgeFileCriteria, skillFileCriteria } from './file-criteria.ts';

/** Part of every prompt's identity: goes up when a question, a field, a sentinel or the wording around them changes. */
export const RUBRIC_VERSION = '2';

/** What an example is measured by. */
export type ExampleKind = 'freeform-skill' | 'grounded-skill' | 'knowledge' | 'knowledge-without-context';

/** What a file as a whole is measured by. */
export type FileKind = 'skill-file' | 'knowledge-file';

/** Each kind has a list of questions of its own. */
export type RubricKind = ExampleKind | FileKind;

/** The questions in force, in the order in which the model is asked first and contributors should read. */
export type Rubric = {
  /** Equal for rubrics that ask the same. Stored replies and certifications hold for one version. */
  readonly version: string;
  readonly criteria: Readonly<Record<RubricKind, readonly Criterion[]>>;
};

/** What is asked where the policy does not say otherwise. */
export const standardRubric: Rubric = {
  version: RUBRIC_VERSION,
  criteria: {
    'freeform-skill': [
      answersTheQuestion,
      answerComplete,
      answerCorrect,
      agreesWithReference,
      reasoningShown,
      questionSelfContained,
      matchesTask,
      skillNotKnowledge,
      clearEnglish,
      noRestrictedAdvice,
    ],
    'grounded-skill': [
      answersTheQuestion,
      answerComplete,
      answerCorrect,
      agreesWithReference,
      answerFromContext,
      questionNeedsContext,
      reasoningShown,
      questionSelfContained,
      matchesTask,
      clearEnglish,
      noRestrictedAdvice,
    ],
    knowledge: [
      answersTheQuestion,
      answerComplete,
      agreesWithReference,
      answerFromContext,
      questionNeedsContext,
      questionSelfContained,
      matchesSubject,
      knowledgeNotSkill,
      clearEnglish,
      noRestrictedAdvice,
    ],
    'knowledge-without-context': [
      answersTheQuestion,
      answerComplete,
      answerCorrect,
      questionSelfContained,
      matchesSubject,
      knowledgeNotSkill,
      clearEnglish,
      noRestrictedAdvice,
    ],
    'skill-file': skillFileCriteria,
    'knowledge-file': knowledgeFileCriteria,
  },
};

const standardIds: ReadonlySet<string> = new Set(
  Object.values(standardRubric.criteria).flatMap(criteria => criteria.map(({ id }) => id)),
);

/** Whether a criterion is ours, however it is worded, and not a repository's own. */
export const isStandard = (id: string): boolean => standardIds.has(id);

/** Fields that may be quoted against something of a kind. */
export const quotableFields: Readonly<Record<RubricKind, readonly EvidenceField[]>> = {
  'freeform-skill': ['task_description', 'question', 'answer'],
  'grounded-skill': ['task_description', 'context', 'question', 'answer'],
  knowledge: ['domain', 'document_outline', 'context', 'question', 'answer'],
  'knowledge-without-context': ['task_description', 'domain', 'document_outline', 'question', 'answer'],
  'skill-file': ['directories', 'task_description', 'features'],
  'knowledge-file': ['directories', 'domain', 'document_outline', 'features'],
};

/** Which list an example is measured by. */
export function rubricKindOf({ kind }: Pick<Leaf, 'kind'>, { context }: Pick<SeedExample, 'context'>): ExampleKind {
  if (kind === 'skill') return context === undefined ? 'freeform-skill' : 'grounded-skill';
  return context === undefined ? 'knowledge-without-context' : 'knowledge';
}

/** Which list a file is measured by. */
export const fileKindOf = ({ kind }: Pick<Leaf, 'kind'>): FileKind =>
  kind === 'skill' ? 'skill-file' : 'knowledge-file';

/** Whether the kind is that of a file. */
export const isFileKind = (kind: RubricKind): kind is FileKind => kind === 'skill-file' || kind === 'knowledge-file';
