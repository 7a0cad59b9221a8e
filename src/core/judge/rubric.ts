import type { Leaf, SeedExample } from '../contribution.ts';
import type { Severity } from '../finding.ts';
import type { FieldName } from './fields.ts';

/** Part of every prompt's identity: goes up when a question, a field or the wording around them changes. */
export const RUBRIC_VERSION = '1';

/** What is asked depends on what the example has to be measured by. */
export type RubricKind = 'freeform-skill' | 'grounded-skill' | 'knowledge' | 'knowledge-without-context';

/**
 * One question to the judge, put so that `yes` is good. The items and their form (binary, each with evidence) follow CheckEval
 * (arXiv 2403.18771) and the reasons for which triagers of the taxonomy turn contributions away.
 */
export type Criterion = {
  /** Kebab-case and stable; the finding's rule is `judge/<id>`. */
  readonly id: string;
  /** As the model reads it. */
  readonly question: string;
  /** What the contributor reads when the answer is no: what it means and how to mend it. Ours, never the model's. */
  readonly complaint: string;
  /** Where the words that show a no must stand. */
  readonly evidenceIn: FieldName;
  /** The judge is never certain enough for an `error`. */
  readonly severity: Exclude<Severity, 'error'>;
};

const answersTheQuestion: Criterion = {
  id: 'answers-the-question',
  question: 'Does the answer respond to what the question asks, and not to something else?',
  complaint:
    'The answer may not respond to the question. Please read the two side by side and change the one that is off.',
  evidenceIn: 'answer',
  severity: 'question',
};

const answerComplete: Criterion = {
  id: 'answer-complete',
  question: 'Is the answer whole: it covers each part of the question and does not stop in the middle?',
  complaint: 'The answer may leave out a part of what is asked, or stop too early. Please complete it.',
  evidenceIn: 'answer',
  severity: 'question',
};

const answerCorrect: Criterion = {
  id: 'answer-correct',
  question:
    'Is the answer free of mistakes that can be shown by working the task through: wrong results, steps that do not follow, statements that contradict each other or the question?',
  complaint:
    'The quoted part of the answer may be wrong. Please check it; if it is right, a word in the pull request helps the triager.',
  evidenceIn: 'answer',
  severity: 'question',
};

const reasoningShown: Criterion = {
  id: 'reasoning-shown',
  question: 'If the question takes several steps to solve, does the answer show them? If it takes one step, say yes.',
  complaint:
    'The answer gives a result without the way to it. A model learns more from the steps: please add them where the question needs several.',
  evidenceIn: 'answer',
  severity: 'note',
};

const questionSelfContained: Criterion = {
  id: 'question-self-contained',
  question:
    'Can the question be understood from the fields given here alone, without a picture, a file, a link or an earlier turn of a conversation?',
  complaint:
    'The question seems to lean on something that is not in the example, such as a picture, a file or an earlier message. Please put everything needed into the example itself.',
  evidenceIn: 'question',
  severity: 'question',
};

const matchesTask: Criterion = {
  id: 'matches-task-description',
  question: 'Is the example an instance of the task that the task_description names?',
  complaint:
    'The example may not show the task that the task description names. Please bring the two together: models are trained on the description as well.',
  evidenceIn: 'question',
  severity: 'question',
};

const skillNotKnowledge: Criterion = {
  id: 'skill-not-knowledge',
  question:
    'Does the question ask to do something (write, sort, rephrase, work out), rather than only to recall a fact?',
  complaint:
    'The example may ask for a fact rather than for something to do. Facts belong under `knowledge/`, with the document that they come from.',
  evidenceIn: 'question',
  severity: 'question',
};

const answerFromContext: Criterion = {
  id: 'answer-supported-by-context',
  question: 'Does the context support every statement of the answer?',
  complaint:
    'The context may not support the quoted part of the answer. Please take it out, or add to the context what it rests on.',
  evidenceIn: 'answer',
  severity: 'question',
};

const questionNeedsContext: Criterion = {
  id: 'question-about-context',
  question: 'Can the question be answered from the context, without knowing anything that is not in it?',
  complaint:
    'The question may not be answerable from the context alone. Please ask about something that the context says.',
  evidenceIn: 'question',
  severity: 'question',
};

const knowledgeNotSkill: Criterion = {
  id: 'knowledge-not-skill',
  question: 'Does the question ask for facts or understanding, rather than for a text to be written or transformed?',
  complaint:
    'The example may ask to do something rather than to know something. Tasks belong under `compositional_skills/`.',
  evidenceIn: 'question',
  severity: 'question',
};

const matchesSubject: Criterion = {
  id: 'matches-subject',
  question: 'Is the question about the subject that domain, document_outline or task_description name?',
  complaint:
    'The question may be off the subject that the file names. Please ask about the document, or correct the outline.',
  evidenceIn: 'question',
  severity: 'question',
};

const clearEnglish: Criterion = {
  id: 'clear-english',
  question:
    'Can a reader understand the question at the first reading? Unusual, plain or non-native English is fine; words in another language are fine where the task is about them.',
  complaint: 'The question is hard to follow. Please reword it so that it can be read in one way only.',
  evidenceIn: 'question',
  severity: 'note',
};

const noRestrictedAdvice: Criterion = {
  id: 'no-restricted-advice',
  question: 'Is the answer free of personal medical, legal, financial or political advice?',
  complaint:
    'The answer may give advice on a topic that the taxonomy keeps out (medical, legal, financial, political). A triager will look at it.',
  evidenceIn: 'answer',
  severity: 'question',
};

/** The checklist of each kind, in the order in which the model is asked and contributors should read. */
export const rubric: Readonly<Record<RubricKind, readonly Criterion[]>> = {
  'freeform-skill': [
    answersTheQuestion,
    answerComplete,
    answerCorrect,
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
};

/** Which checklist an example is measured by. */
export function rubricKindOf({ kind }: Pick<Leaf, 'kind'>, { context }: Pick<SeedExample, 'context'>): RubricKind {
  if (kind === 'skill') return context === undefined ? 'freeform-skill' : 'grounded-skill';
  return context === undefined ? 'knowledge-without-context' : 'knowledge';
}
