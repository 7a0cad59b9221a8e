import type { Contribution, Leaf } from '../contribution.ts';
import { saysNothing } from './empty-title.ts';
import type { Rule } from './rule.ts';

/** Pull requests that were never meant to be merged. */
export const testRun: Rule = {
  doc: {
    id: 'contribution/test-run',
    severity: 'question',
    why: 'The title says that this is a test, or its examples are a few characters each, such as "11" and "12". Such pull requests are opened to try something out, or by accident.',
    remedy:
      'If it was a test, close the pull request. If it is meant, give it a title that says what the model learns.',
    waiver: 'triage',
    upstream: 'Nothing automatic; triagers close them by hand.',
    frequency: 'The reason in 8 of 60 pull requests of which the reviewers’ words were read.',
    mistake: {
      type: 'excerpt',
      right: '"title": "Skill: write test plans"',
      wrong: '"title": "[TEST] please ignore"',
    },
  },
  check: (contribution, { pullRequest: { title } }) => {
    const isTest = title !== undefined && isOfTest(title.slice(0, MAX_TITLE));
    if (!isTest && !isGibberish(contribution)) return [];
    return [
      {
        rule: testRun.doc.id,
        severity: testRun.doc.severity,
        message: isTest
          ? 'The title says that this is a test. If so, close the pull request; if not, say in the title what the model learns.'
          : 'The examples are a few characters each, as if something was tried out. If so, close the pull request; if not, write questions that a person would ask.',
        location: { path: '', line: 1, column: 1 },
        yamlPath: '.',
      },
    ];
  },
};

/** GitHub takes titles up to 256 characters. */
const MAX_TITLE = 256;

const MARKED =
  /^\W*\[?(?:test|dnm)\]|\bdo[ -]?(?:not|n['’]t)[ -](?:merge|review)\b|\bplease ignore\b|\bopened (?:in error|by (?:mistake|accident))\b/i;

/** "Test", "Test add new skill", "[TEST] …", "do not merge"; not "Test plans from requirements" or "Taste test". */
const isOfTest = (title: string): boolean =>
  MARKED.test(title) || (/\btest(?:ing)?\b/i.test(title) && saysNothing(title));

/** Question and answer of at most this many characters are not a question and an answer. */
const FEW = 5;

const isGibberish = ({ leaves }: Contribution): boolean => leaves.length > 0 && leaves.every(isScribble);

const isScribble = ({ examples }: Leaf): boolean =>
  examples.length > 0 &&
  examples.every(({ question, answer }) => question.value.trim().length <= FEW && answer.value.trim().length <= FEW);
