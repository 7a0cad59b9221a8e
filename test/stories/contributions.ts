import { stringify } from 'yaml';
import type { FileChange } from '../simulator/git-store.ts';

/** Path to content, as the simulated GitHub takes them. `null` deletes. */
export type Files = Readonly<Record<string, FileChange>>;

/** Where a skill about this topic lives. */
export const leafOf = (topic: string): string => `compositional_skills/writing/${topic.replaceAll(' ', '_')}`;

/** Its `qna.yaml`. */
export const qnaOf = (topic: string): string => `${leafOf(topic)}/qna.yaml`;

/** Question and answer of one seed example. */
export type Example = readonly [question: string, answer: string];

/** Five examples that no other topic has. The topic is most of each, so that no two topics look like one template. */
export const fiveExamples = (topic: string): readonly Example[] => [
  [`Talk of ${topic}: which season is best for ${topic}?`, `Spring suits ${topic} well.`],
  [`Praise ${topic}, in one sentence about ${topic}.`, `Nothing beats a morning with ${topic}.`],
  [`A tool for ${topic} that makes ${topic} easy?`, `A notebook helps with ${topic}.`],
  [`Who enjoys ${topic}? Ask whether ${topic} is fun.`, `Do we enjoy ${topic}?`],
  [`If ${topic} were a book, how would ${topic} be titled?`, `Quiet hours.`],
];

/** The text of a `qna.yaml` of version 3 with these examples. */
export const qna = (examples: readonly Example[], more: Readonly<Record<string, unknown>> = {}): string =>
  stringify({
    version: 3,
    created_by: 'mira',
    task_description: 'Write short texts on a given subject.',
    ...more,
    seed_examples: examples.map(([question, answer]) => ({ question, answer })),
  });

/** An `attribution.txt` that says what is asked for. */
export const attribution = [
  'Title of work: Notes of my own',
  'Link to work: -',
  'License of the work: CC-BY-SA-4.0',
  'Creator names: Mira Lindqvist',
  '',
].join('\n');

/** A skill with nothing wrong about it; with other examples if told. */
export const soundSkill = (topic: string, examples = fiveExamples(topic)): Files => ({
  [qnaOf(topic)]: qna(examples),
  [`${leafOf(topic)}/attribution.txt`]: attribution,
});

/** The same with two mistakes: an example too few, and nobody named as its source. */
export const unsoundSkill = (topic: string): Files => ({ [qnaOf(topic)]: qna(fiveExamples(topic).slice(0, 4)) });

/** What stands in a taxonomy before anybody contributes. */
export const baseFiles: Files = { '.github/assay.yml': 'mode: active\n', ...soundSkill('harbour cranes') };

const MATERIALS =
  'copper velvet paper marble willow amber cotton cedar linen granite silver bamboo clover maple pewter saffron walnut ivory cobalt birch wool quartz ebony jade straw slate crimson hazel iron chalk ginger lavender';
const THINGS =
  'kettles lanterns bridges anchors whistles saddles mosaics pulleys compasses orchards beehives ferries violins sundials quilts windmills gardens puppets candles ladders tunnels harvests rowboats calendars fountains balconies drums kites telescopes ovens umbrellas sledges';

/** Topics that have no word in common, so that pull requests about them have nothing to do with each other. 32 of them. */
export function topicOf(number: number): string {
  const [materials, things] = [MATERIALS.split(' '), THINGS.split(' ')];
  return `${materials[number % materials.length]} ${things[number % things.length]}`;
}
