import type { Criterion } from './criterion.ts';
import { RUBRIC_VERSION, standardRubric } from './rubric.ts';
import type { RubricKind } from './rubric.ts';

const titles: Readonly<Record<RubricKind, string>> = {
  'freeform-skill': 'Freeform skills',
  'grounded-skill': 'Grounded skills',
  knowledge: 'Knowledge',
  'knowledge-without-context': 'Knowledge without a context',
  'skill-file': 'A skill as a whole',
  'knowledge-file': 'Knowledge as a whole',
};

/** The page `docs/questions.md`, made from the rubric. */
export function renderRubricDocs(): string {
  const lists = Object.entries(titles).flatMap(([kind, title]) =>
    Object.entries(standardRubric.criteria)
      .filter(([each]) => each === kind)
      .map(([, criteria]) => `- **${title}** (\`${kind}\`): ${criteria.map(({ id }) => `\`${id}\``).join(', ')}`),
  );
  const criteria = new Map(
    Object.values(standardRubric.criteria).flatMap(list => list.map(criterion => [criterion.id, criterion])),
  );
  return `# What the judge asks

Rubric version ${RUBRIC_VERSION}. This page is made from the code (\`npm run docs\`). Every question is put so that yes is good. What follows from a no is a question to a triager, unless the policy makes it a note. [judge.md](judge.md) says how the questions are asked, [certification.md](certification.md) when a no may block.

## Which questions are asked of what

${lists.join('\n')}

## The questions

${[...criteria.values()].map(renderCriterion).join('\n\n')}

## Other questions

In the policy, \`judge.rubric\` names a question by its id and changes it. What is not said stays.

\`\`\`yaml
judge:
  rubric:
    clear-english: off # is not asked
    reasoning-shown:
      severity: note # is told, and sends nobody a question
      complaint: Please show the steps.
    answer-complete: # must go on asking the same thing in other words
      question: Does the answer cover all that is asked, to the end?
      rewording: Is anything missing from the answer?
    names-a-unit: # a question of your own: all of these are needed
      for: [freeform-skill, grounded-skill]
      question: Does every quantity in the answer have a unit?
      complaint: A quantity in the answer has no unit. Please add it.
      evidenceIn: answer
\`\`\`

- \`for\`: any of \`freeform-skill\`, \`grounded-skill\`, \`knowledge\` (asked of each example), \`skill-file\`, \`knowledge-file\` (asked of the file as a whole, which the model does not see).
- \`evidenceIn\`: the field that a no must quote. Of examples \`question\`, \`answer\`, \`context\`, of skills \`task_description\`, of knowledge \`domain\`, \`document_outline\`; of files also \`directories\` and \`features\`.
- Texts are one line of 10 to 600 characters. The model gets them as they are, contributors read \`complaint\`, with all Markdown escaped.
- Changing what is asked makes another version of the rubric: every example is asked about again, and a certification of the version before does not hold.
`;
}

const renderCriterion = ({ id, question, rewording, complaint, evidenceIn }: Criterion): string =>
  `### ${id}

${question}

- In the second and third vote: ${rewording}
- A no must quote: \`${evidenceIn}\`
- Contributors read: ${complaint}`;
