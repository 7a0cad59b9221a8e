import type { LeafKind } from '../contribution.ts';
import type { Profile } from './profile.ts';

/** What a value must be. Sizes are minimums. */
export type Shape =
  | { readonly is: 'text'; readonly least: 'words' | 'a character' | 'nothing' }
  /** `sinceThen`: what came with it, for those who write an older one. */
  | { readonly is: 'version'; readonly number: number; readonly sinceThen?: string }
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
      /** `told together`: once for the mapping, as the reference tells them. */
      readonly otherKeys: 'allowed' | 'told' | 'told together';
    };

export type MappingShape = Extract<Shape, { is: 'mapping' }>;

/** The newest version of the schema: what a changed file must have. */
export const HIGHEST_VERSION = 3;

type Schemas = Readonly<Record<LeafKind, Readonly<Record<number, MappingShape | 'deprecated'>>>>;

/**
 * The schemas of instructlab/schema be6832c, `src/instructlab/schema/v{1,2,3}` (JSON Schema 2020-12). `deprecated`: it exists, and
 * says only that it is too old. Our own profile differs in three things: a text of blanks is none, the innermost mapping of
 * knowledge takes no other keys (there it was forgotten to close it), and each unknown key is told where it stands.
 */
export const schemas: Readonly<Record<Profile, Schemas>> = {
  assay: schemasFor('assay'),
  instructlab: schemasFor('instructlab'),
};

function schemasFor(profile: Profile): Schemas {
  const isOurs = profile === 'assay';
  const text: Shape = { is: 'text', least: isOurs ? 'words' : 'a character' };
  const anyText: Shape = { is: 'text', least: 'nothing' };

  const mapping = (keys: MappingShape['keys'], required: readonly string[]): MappingShape => ({
    is: 'mapping',
    keys,
    required,
    otherKeys: isOurs ? 'told' : 'told together',
  });
  const list = (noun: string, of: Shape, atLeast: number, unique = true): Shape => ({
    is: 'list',
    of,
    atLeast,
    unique,
    noun,
  });

  const skillExample = mapping({ question: text, answer: text, context: text }, ['question', 'answer']);
  const skill = (version: number): MappingShape =>
    mapping(
      {
        version: { is: 'version', number: version },
        created_by: text,
        task_description: version === 1 ? anyText : text,
        seed_examples: list('seed examples', skillExample, version === 1 ? 1 : 5, version > 1),
      },
      [...(version === 1 ? [] : ['version']), 'created_by', 'task_description', 'seed_examples'],
    );

  const pair = mapping({ question: text, answer: text }, ['question', 'answer']);
  const questionAndAnswer: Shape = isOurs ? pair : { ...pair, otherKeys: 'allowed' };
  const knowledgeExample = mapping(
    { context: text, questions_and_answers: list('questions and answers', questionAndAnswer, 3) },
    ['context', 'questions_and_answers'],
  );
  const knowledge = mapping(
    {
      version: {
        is: 'version',
        number: 3,
        sinceThen:
          'Knowledge follows version 3 now, where each seed example has a `context` and at least 3 `questions_and_answers`.',
      },
      created_by: text,
      domain: text,
      seed_examples: list('seed examples', knowledgeExample, 5),
      document_outline: text,
      document: mapping({ repo: anyText, commit: anyText, patterns: list('patterns', text, 1) }, [
        'repo',
        'commit',
        'patterns',
      ]),
    },
    ['version', 'created_by', 'domain', 'seed_examples', 'document', 'document_outline'],
  );

  return {
    skill: { 1: skill(1), 2: skill(2), 3: skill(3) },
    knowledge: { 1: 'deprecated', 2: 'deprecated', 3: knowledge },
  };
}
