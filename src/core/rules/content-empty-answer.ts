import type { SeedExample } from '../contribution.ts';
import type { Rule } from './rule.ts';

/** Longer answers are more than an opener. */
const MAX_LENGTH = 120;

/** Answers that open and then say nothing. */
export const emptyAnswer: Rule = {
  doc: {
    id: 'content/empty-answer',
    severity: 'question',
    why: 'The answer is a lone punctuation mark, or only opens ("Let’s solve this step by step:") and then stops. Language models that judge answers are known to take such openers for good ones.',
    remedy: 'Write the whole answer, or take the example out.',
    waiver: 'triage',
    upstream: 'Nothing automatic.',
    mistake: {
      type: 'text',
      file: 'qna.yaml',
      right: 'answer: The rain on the plain fell again, and ran off the roof to the drain.',
      wrong: "answer: 'Thought process:'",
    },
  },
  check: ({ leaves }) =>
    leaves.flatMap(leaf =>
      leaf.examples.filter(isEmptyHanded).map(({ answer: { value, yamlPath, line, column } }) => ({
        rule: emptyAnswer.doc.id,
        severity: emptyAnswer.doc.severity,
        message: 'This answer opens and then says nothing. Write the whole answer.',
        location: { path: leaf.path, line, column },
        yamlPath,
        flagged: value,
      })),
    ),
};

/** Marks alone; brackets and signs are left out, since `[]` and `+` can be answers. */
const MARKS = /^[.,:;…\-–—?!\s]{1,6}$/u;

const OPENER =
  /^(?:solution|answer|thought process|reasoning|response|step 1|let['’]?s (?:solve|think|work|go|break)(?: (?:this|it|about it|that|through (?:it|this)))?(?: (?:problem|down))?(?: step by step)?|here(?:['’]s| is| are)(?: (?:the|an?|your|some|my))?(?: (?:answer|solution|list|example|examples|response|limerick|poem|story))?)\s*[:!.…]*$/i;

/** An answer in itself where a yes or a no was asked for, and else the beginning of one. */
const YES = /^(?:sure(?: thing)?|certainly|of course|absolutely|okay)\s*[:!.…]*$/i;
const ASKS_FOR_YES_OR_NO =
  /\b(?:am|are|can|could|did|do|does|has|have|is|may|might|must|shall|should|was|were|will|would|yes)\b/i;

function isEmptyHanded({ question, answer: { value } }: SeedExample): boolean {
  const answer = value.trim();
  if (answer.length > MAX_LENGTH) return false;
  return (
    MARKS.test(answer) ||
    OPENER.test(answer) ||
    (YES.test(answer) && !ASKS_FOR_YES_OR_NO.test(question.value.slice(0, MAX_LENGTH)))
  );
}
