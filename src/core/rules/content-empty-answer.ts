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
      leaf.examples
        .filter(({ answer }) => isEmptyHanded(answer.value))
        .map(({ answer: { value, yamlPath, line, column } }) => ({
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
  /^(?:sure(?: thing)?|certainly|of course|absolutely|okay|solution|answer|thought process|reasoning|response|step 1|let['’]?s (?:solve|think|work|go|break)(?: (?:this|it|about it|that|through (?:it|this)))?(?: (?:problem|down))?(?: step by step)?|here(?:['’]s| is| are)(?: (?:the|an?|your|some|my))?(?: (?:answer|solution|list|example|examples|response|limerick|poem|story))?)\s*[:!.…]*$/i;

function isEmptyHanded(value: string): boolean {
  const answer = value.trim();
  return answer.length <= MAX_LENGTH && (MARKS.test(answer) || OPENER.test(answer));
}
