import type { Criterion } from './criterion.ts';

/**
 * Questions about a file as a whole. The judge answers them from the names of the directories, what the file says of itself, and
 * features that code has made: counts of what was found example by example. It never reads several examples together, so that
 * no example can speak for another.
 */
const examplesDiverse: Criterion = {
  id: 'examples-diverse',
  question:
    'Do the features show examples that differ in what they ask, rather than one question with other words or numbers put in?',
  rewording:
    'Going by the features, would a model see several sides of the task in these examples, not one five times?',
  complaint:
    'The examples may be too alike: these two say nearly the same. Please vary what is asked, how long the answers are and what makes them hard; models copy what repeats.',
  evidenceIn: 'features',
  severity: 'question',
};

const fitsTaskDescription: Criterion = {
  id: 'description-fits-examples',
  question: 'Does the task_description name what the features say that the examples do, no more and no less?',
  rewording: 'Knowing the features, would you describe the task as task_description does?',
  complaint:
    'The task description may promise something else than the examples show. Please describe exactly what they do: the description is used to make more of them.',
  evidenceIn: 'task_description',
  severity: 'question',
};

const fitsOutline: Criterion = {
  id: 'outline-fits-examples',
  question: 'Do domain and document_outline name what the features say that the examples are about?',
  rewording: 'Knowing the features, would you expect these questions from a document with this domain and outline?',
  complaint:
    'The document outline may name something else than the examples ask about. Please write it as the title of the document with what it is about.',
  evidenceIn: 'document_outline',
  severity: 'question',
};

const rightPlace: Criterion = {
  id: 'right-place',
  question:
    'Do the directories name the subject and the task that the features show, from the general to the particular?',
  rewording: 'Would somebody who looks for examples like these look in a folder with these directories?',
  complaint:
    'This may be the wrong place in the tree. The names of the directories go into the prompts that make more examples, so please choose those that say what the examples do; a triager can propose some.',
  evidenceIn: 'directories',
  severity: 'question',
};

const isSkill: Criterion = {
  id: 'file-is-skill',
  question: 'Going by the activities in the features, is this something to do, rather than facts to recall or explain?',
  rewording: 'Do the features show a task that is performed, and not mainly the recalling of facts?',
  complaint:
    'Most of these examples may ask for facts. Skills are performed, facts are known: please move them to `knowledge/` with their document, or ask for something to be done with them.',
  evidenceIn: 'features',
  severity: 'question',
};

const isKnowledge: Criterion = {
  id: 'file-is-knowledge',
  question: 'Going by the activities in the features, is this something to know, rather than texts to write or change?',
  rewording: 'Do the features show mainly the recalling and explaining of facts, and not tasks that are performed?',
  complaint:
    'Most of these examples may ask for something to be done. Tasks belong under `compositional_skills/`; knowledge asks what its document says.',
  evidenceIn: 'features',
  severity: 'question',
};

const noTopicToAvoid: Criterion = {
  id: 'no-topic-to-avoid',
  question:
    'Do features, directories and descriptions keep clear of the topics to avoid: private data of people, violence and self-harm, hate, harassment and profanity, sexual content, advocacy for a religion, tailored medical, financial or legal advice, political campaigning, decisions about people made by machines, internal documents?',
  rewording:
    'Would a careful publisher find no topic here that it stays away from, such as violence, hate, sex, private data, campaigning, or advice to a person on health, money or law?',
  complaint:
    'This may touch a topic that the taxonomy keeps out (see “Avoid these topics” in its guide). A triager will look at it; a word on why it is fine here helps.',
  evidenceIn: 'features',
  severity: 'question',
};

const noCoreSkill: Criterion = {
  id: 'no-core-skill',
  question:
    'Going by features, directories and task_description, is this something else than a core skill (mathematics, reasoning as such, writing or reading program code) and than jokes, poems or guard rails for models?',
  rewording:
    'Is this free of calculating, program code, exercises in pure logic, jokes, poems and rules for what a model may say?',
  complaint:
    'This may be a core skill (mathematics, reasoning, code) or a kind of text that is not taken (jokes, poems, guard rails). Those are kept by the project itself; a triager decides.',
  evidenceIn: 'features',
  severity: 'question',
};

/** Of a file with a skill. */
export const skillFileCriteria: readonly Criterion[] = [
  examplesDiverse,
  fitsTaskDescription,
  rightPlace,
  isSkill,
  noTopicToAvoid,
  noCoreSkill,
];

/** Of a file with knowledge. */
export const knowledgeFileCriteria: readonly Criterion[] = [
  examplesDiverse,
  fitsOutline,
  rightPlace,
  isKnowledge,
  noTopicToAvoid,
];
