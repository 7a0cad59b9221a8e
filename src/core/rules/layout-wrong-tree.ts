import type { Leaf, SeedExample } from '../contribution.ts';
import type { Concern } from '../finding.ts';
import { newLeaves } from './new-leaves.ts';
import type { Rule } from './rule.ts';

/** Fewer questions of fact than these may be chance. */
const MIN_QUESTIONS = 3;

/** A question of fact is short; a task brings its material along. */
const MAX_WORDS = 16;

/** Knowledge where a skill is asked for, or the reverse. */
export const wrongTree: Rule = {
  doc: {
    id: 'layout/wrong-tree',
    severity: 'question',
    why: 'Knowledge is facts from a document, a skill is something that a model learns to do. A skill that only asks for facts is turned down, and a file in the form of the other tree fits no schema.',
    remedy:
      'Facts: find a document under an accepted licence and write a knowledge leaf about it. Something to do: write examples that show how it is done, under `compositional_skills/`.',
    waiver: 'triage',
    upstream: 'Nothing automatic; "this is knowledge, not a skill" is one of the answers that triagers keep ready.',
    frequency: 'The reason in 4 of 60 pull requests of which the reviewers’ words were read.',
    mistake: {
      type: 'excerpt',
      right: 'question: Write a limerick about a cat.',
      wrong: 'question: Who wrote the first limericks?',
    },
  },
  check: (contribution, facts) =>
    newLeaves(contribution, facts).flatMap(leaf =>
      leaf.path.startsWith('knowledge/') ? asSkill(leaf) : asKnowledge(leaf),
    ),
};

/** Knowledge in the form of a skill. The schema tells what is missing; this says what it comes from. */
function asSkill(leaf: Leaf): readonly Concern[] {
  const isFlat = leaf.examples.length > 0 && leaf.examples.every(({ yamlPath }) => !isNested(yamlPath));
  if (!isFlat) return [];
  return told(
    leaf,
    'note',
    'These examples have the form of a skill. Knowledge has a `context` with three questions and answers in each example, and a `document`; a skill belongs under `compositional_skills/`.',
  );
}

function asKnowledge(leaf: Leaf): readonly Concern[] {
  if (!leaf.path.startsWith('compositional_skills/')) return [];
  if (leaf.document !== undefined || leaf.examples.some(({ yamlPath }) => isNested(yamlPath)))
    return told(
      leaf,
      'note',
      'This file has the form of knowledge, but lies among the skills. Move it under `knowledge/`, or write it as a skill: a question and an answer in each example.',
    );
  return asksForFacts(leaf.examples)
    ? told(
        leaf,
        'question',
        'Every question here asks for a fact, which is knowledge and not a skill. Write a leaf under `knowledge/` that names its document, or examples of something to do.',
      )
    : [];
}

const isNested = (yamlPath: string): boolean => yamlPath.includes('.questions_and_answers[');

const told = ({ path }: Leaf, severity: Concern['severity'], message: string): readonly Concern[] => [
  { rule: wrongTree.doc.id, severity, message, location: { path, line: 1, column: 1 }, yamlPath: '.' },
];

const OPENING =
  /^(?:what(?:['’]s|\s)|who(?:se)?\s|when\s|where\s|which\s|how\s(?:many|much|old|long|tall|far|often)\s|in\s(?:what|which)\s|is\s|are\s|was\s|were\s|does\s|did\s)/i;

/**
 * All examples are short questions of fact, without anything to work on (quotes, a colon, lines), and not the same question about
 * many things, which is a task: "What rhymes with …?". Read on the 659 YAML files of the recording: two in three of those found are knowledge.
 */
function asksForFacts(examples: readonly SeedExample[]): boolean {
  const questions = examples.map(({ question }) => question.value.trim());
  if (questions.length < MIN_QUESTIONS || examples.some(({ context }) => context !== undefined)) return false;
  const openings = new Set(questions.map(question => words(question).slice(0, 3).join(' ').toLowerCase()));
  return (
    openings.size * 2 > questions.length &&
    questions.every(
      question => OPENING.test(`${question} `) && words(question).length <= MAX_WORDS && !/["“”«»`:\n]/.test(question),
    )
  );
}

/** The first few are enough. */
const words = (text: string): readonly string[] => text.slice(0, 400).split(/\s+/, MAX_WORDS + 1);
