import type { Criterion } from './criterion.ts';

/** Whether the answer is one to this question. Asked of every kind. */
export const answersTheQuestion: Criterion = {
  id: 'answers-the-question',
  question: 'Does the answer respond to what the question asks, and not to something else?',
  rewording: 'Read question and answer together: is this question the one that the answer is about?',
  complaint:
    'The answer may not respond to the question. Please read the two side by side and change the one that is off.',
  evidenceIn: 'answer',
  severity: 'question',
};

export const answerComplete: Criterion = {
  id: 'answer-complete',
  question: 'Is the answer whole: it covers each part of the question and does not stop in the middle?',
  rewording: 'Does the answer leave no part of the question open, and does it come to an end?',
  complaint: 'The answer may leave out a part of what is asked, or stop too early. Please complete it.',
  evidenceIn: 'answer',
  severity: 'question',
};

export const answerCorrect: Criterion = {
  id: 'answer-correct',
  question:
    'Is the answer free of mistakes that can be shown by working the task through: wrong results, steps that do not follow, statements that contradict each other or the question?',
  rewording:
    'Work the task through yourself. Does everything in the answer hold, with no result, step or statement that is wrong or contradicts another?',
  complaint:
    'The quoted part of the answer may be wrong. Please check it; if it is right, a word in the pull request helps the triager.',
  evidenceIn: 'answer',
  severity: 'question',
};

/** What a blind solution is for. Without one it stays open. */
export const agreesWithReference: Criterion = {
  id: 'agrees-with-reference',
  question:
    'If there is a reference: does the answer agree with it in substance, or can the difference be explained by taste, by detail or by a mistake of the reference? If there is no reference, say cannot_tell.',
  rewording:
    'Compare the answer with the reference. Is it free of differences in substance that only a mistake of the answer explains? If there is no reference, say cannot_tell.',
  complaint:
    'The judge solved the question without seeing the answer and came to another result. Please check the quoted part; if it is right, say in the answer or in the pull request how one gets there.',
  evidenceIn: 'answer',
  severity: 'question',
};

export const reasoningShown: Criterion = {
  id: 'reasoning-shown',
  question: 'If the question takes several steps to solve, does the answer show them? If it takes one step, say yes.',
  rewording:
    'Can a reader follow how the answer gets to its result? Where there is nothing to work out in steps, say yes.',
  complaint:
    'The answer gives a result without the way to it. A model learns more from the steps: please add them where the question needs several.',
  evidenceIn: 'answer',
  severity: 'question',
};

export const questionSelfContained: Criterion = {
  id: 'question-self-contained',
  question:
    'Can the question be understood from the fields given here alone, without a picture, a file, a link or an earlier turn of a conversation?',
  rewording:
    'Does somebody who sees only these fields have all that the question speaks of, with nothing to look up or remember from before?',
  complaint:
    'The question seems to lean on something that is not in the example, such as a picture, a file or an earlier message. Please put everything needed into the example itself.',
  evidenceIn: 'question',
  severity: 'question',
};

export const matchesTask: Criterion = {
  id: 'matches-task-description',
  question: 'Is the example an instance of the task that the task_description names?',
  rewording: 'Would somebody who was given only the task_description expect an example like this one?',
  complaint:
    'The example may not show the task that the task description names. Please bring the two together: models are trained on the description as well.',
  evidenceIn: 'question',
  severity: 'question',
};

export const skillNotKnowledge: Criterion = {
  id: 'skill-not-knowledge',
  question:
    'Does the question ask to do something (write, sort, rephrase, work out), rather than only to recall a fact?',
  rewording: 'Is something to be made, changed or worked out here, beyond looking up a fact?',
  complaint:
    'The example may ask for a fact rather than for something to do. Facts belong under `knowledge/`, with the document that they come from.',
  evidenceIn: 'question',
  severity: 'question',
};

export const answerFromContext: Criterion = {
  id: 'answer-supported-by-context',
  question: 'Does the context support every statement of the answer?',
  rewording: 'Take the statements of the answer one by one: does each of them stand in the context or follow from it?',
  complaint:
    'The context may not support the quoted part of the answer. Please take it out, or add to the context what it rests on.',
  evidenceIn: 'answer',
  severity: 'question',
};

export const questionNeedsContext: Criterion = {
  id: 'question-about-context',
  question: 'Can the question be answered from the context, without knowing anything that is not in it?',
  rewording: 'Does the context hold all that one has to know to answer the question?',
  complaint:
    'The question may not be answerable from the context alone. Please ask about something that the context says.',
  evidenceIn: 'question',
  severity: 'question',
};

export const knowledgeNotSkill: Criterion = {
  id: 'knowledge-not-skill',
  question: 'Does the question ask for facts or understanding, rather than for a text to be written or transformed?',
  rewording: 'Is the question about something to know, and not a task to write, rewrite or format a text?',
  complaint:
    'The example may ask to do something rather than to know something. Tasks belong under `compositional_skills/`.',
  evidenceIn: 'question',
  severity: 'question',
};

export const matchesSubject: Criterion = {
  id: 'matches-subject',
  question: 'Is the question about the subject that domain, document_outline or task_description name?',
  rewording: 'Would one look for the answer in a document with this domain and this document_outline?',
  complaint:
    'The question may be off the subject that the file names. Please ask about the document, or correct the outline.',
  evidenceIn: 'question',
  severity: 'question',
};

export const clearEnglish: Criterion = {
  id: 'clear-english',
  question:
    'Can a reader understand the question at the first reading? Unusual, plain or non-native English is fine; words in another language are fine where the task is about them.',
  rewording:
    'Is it clear what the question wants, with only one way to take it? Do not mind style, or mistakes that hide nothing.',
  complaint: 'The question is hard to follow. Please reword it so that it can be read in one way only.',
  evidenceIn: 'question',
  severity: 'question',
};

export const noRestrictedAdvice: Criterion = {
  id: 'no-restricted-advice',
  question: 'Is the answer free of personal medical, legal, financial or political advice?',
  rewording:
    'Does the answer keep from telling a person what to do about their health, their rights, their money or their vote?',
  complaint:
    'The answer may give advice on a topic that the taxonomy keeps out (medical, legal, financial, political). A triager will look at it.',
  evidenceIn: 'answer',
  severity: 'question',
};
