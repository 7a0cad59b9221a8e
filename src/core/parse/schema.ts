import type { LeafKind } from '../contribution.ts';

/** What a value must be. `closed` mappings take no other keys. Sizes are minimums. */
export type Shape =
  | { readonly is: 'text'; readonly mayBeEmpty?: true }
  | { readonly is: 'version'; readonly number: number }
  | {
      readonly is: 'list';
      readonly of: Shape;
      readonly atLeast: number;
      readonly unique: boolean;
      readonly noun: string;
    }
  | {
      readonly is: 'mapping';
      readonly keys: Readonly<Record<string, Shape>>;
      readonly required: readonly string[];
      readonly closed: boolean;
    };

export type MappingShape = Extract<Shape, { is: 'mapping' }>;

/** The newest version of the schema: what a changed file must have. */
export const HIGHEST_VERSION = 3;

const text: Shape = { is: 'text' };

const mapping = (keys: Readonly<Record<string, Shape>>, required: readonly string[]): MappingShape => ({
  is: 'mapping',
  keys,
  required,
  closed: true,
});

const skillExample = mapping({ question: text, answer: text, context: text }, ['question', 'answer']);

const skill = (version: number): MappingShape =>
  mapping(
    {
      version: { is: 'version', number: version },
      created_by: text,
      task_description: version === 1 ? { is: 'text', mayBeEmpty: true } : text,
      seed_examples: {
        is: 'list',
        of: skillExample,
        atLeast: version === 1 ? 1 : 5,
        unique: version > 1,
        noun: 'seed examples',
      },
    },
    [...(version === 1 ? [] : ['version']), 'created_by', 'task_description', 'seed_examples'],
  );

/** The innermost mapping of knowledge takes any other key: instructlab/schema forgot to close it. */
const questionAndAnswer: Shape = {
  ...mapping({ question: text, answer: text }, ['question', 'answer']),
  closed: false,
};

const knowledgeExample = mapping(
  {
    context: text,
    questions_and_answers: {
      is: 'list',
      of: questionAndAnswer,
      atLeast: 3,
      unique: true,
      noun: 'questions and answers',
    },
  },
  ['context', 'questions_and_answers'],
);

const knowledge = mapping(
  {
    version: { is: 'version', number: 3 },
    created_by: text,
    domain: text,
    seed_examples: { is: 'list', of: knowledgeExample, atLeast: 5, unique: true, noun: 'seed examples' },
    document_outline: text,
    document: mapping(
      {
        repo: { is: 'text', mayBeEmpty: true },
        commit: { is: 'text', mayBeEmpty: true },
        patterns: { is: 'list', of: text, atLeast: 1, unique: true, noun: 'patterns' },
      },
      ['repo', 'commit', 'patterns'],
    ),
  },
  ['version', 'created_by', 'domain', 'seed_examples', 'document', 'document_outline'],
);

/**
 * The schemas of instructlab/schema be6832c, `src/instructlab/schema/v{1,2,3}` (JSON Schema 2020-12). `deprecated`: it exists, and
 * says only that it is too old.
 */
export const schemas: Readonly<Record<LeafKind, Readonly<Record<number, MappingShape | 'deprecated'>>>> = {
  skill: { 1: skill(1), 2: skill(2), 3: skill(3) },
  knowledge: { 1: 'deprecated', 2: 'deprecated', 3: knowledge },
};
