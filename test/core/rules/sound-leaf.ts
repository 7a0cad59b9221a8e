import { defaultPolicy } from '../../../src/core/policy.ts';
import { noNeighbourhood } from '../../../src/core/duplicates/example-key.ts';
import type { Facts } from '../../../src/core/rules/rule.ts';
import type { ChangedFile } from '../../../src/core/pull-request.ts';
import { createHash } from 'node:crypto';

/** Where the sound leaf lies. */
export const soundPath = 'compositional_skills/writing/limericks/qna.yaml';

/** A skill without any mistake, small enough to be read at once. */
export const soundSkill = `version: 3
created_by: jo-doe
task_description: Write limericks.
seed_examples:
  - question: Write a limerick about a cat.
    answer: There once was a cat in a hat, who sat all day long on a mat.
  - question: Write a limerick about rain.
    answer: The rain on the plain fell again, and ran off the roof to the drain.
  - question: A limerick about bread, please, that smells of it.
    answer: A baker who slept in his bed forgot all the rolls and the bread.
  - question: My train is late. Will a limerick about trains cheer me up?
    answer: A train that was stuck in the rains went nowhere in spite of its brains.
  - question: Which limerick about cheese would a mouse like?
    answer: A mouse that was fond of old cheese would always say thank you and please.
`;

/** Says whose text it is. */
export const soundAttribution =
  'Title of work: Limericks\nLink to work: -\nLicense of the work: CC-BY-SA-4.0\nCreator names: Jo Doe\n';

/** Git's id of a blob. */
export const blobSha = (text: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest('hex');

/** Files by path, as a pull request that adds them. */
export const addedFiles = (texts: Readonly<Record<string, string>>): readonly ChangedFile[] =>
  Object.entries(texts).map(([path, text]) => ({
    path,
    status: 'added',
    blobSha: blobSha(text),
    content: { type: 'bytes', bytes: Buffer.from(text) },
  }));

/** Facts about a pull request #7 to an empty taxonomy without neighbours. */
export const factsAbout = (files: readonly ChangedFile[], facts: Partial<Facts> = {}): Facts => ({
  pullRequest: { number: 7, author: { login: 'jo-doe', id: 70, isBot: false }, headSha: 'head', files },
  taxonomy: { sha: 'base', files: new Map() },
  policy: defaultPolicy,
  neighbourhood: noNeighbourhood,
  ...facts,
});
