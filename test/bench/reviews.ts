import type { CallCounts } from '../../src/ports.ts';
import { startServerProcess, variablesFor } from '../stories/server-process.ts';
import type { ServerProcess } from '../stories/server-process.ts';
import { attribution, baseFiles, leafOf, qna, soundSkill } from '../stories/contributions.ts';
import type { Files } from '../stories/contributions.ts';
import { startGitHub } from '../simulator/github.ts';
import type { GitHub } from '../simulator/github.ts';
import { createDataFolder } from '../store/databases.ts';
import { ms, quantile } from './figures.ts';
import type { Figure } from './figures.ts';

const REPOSITORY = 'lantern/taxonomy';
const REVIEWS = 60;

/** A simulated GitHub and the real server, each in a process of its own, with a data folder on the disk. No model. */
export type Bench = {
  readonly github: GitHub;
  readonly server: ServerProcess;
  open(title: string, files: Files): Promise<number>;
  /** Resolves when no job waits or runs. */
  quiet(): Promise<void>;
  end(): Promise<void>;
};

/** Starts both on this folder. */
export async function startBench(folder: string): Promise<Bench> {
  await createDataFolder(`${folder}/data`);
  const github = await startGitHub();
  github.createRepository({ name: REPOSITORY, files: baseFiles });
  await github.install('lantern');
  const server = await startServerProcess(variablesFor(github, folder), { isShortLived: false });
  github.webhooks.url = server.webhookUrl;
  const quiet = async (): Promise<void> => {
    await github.webhooks.settled();
    await server.idle();
  };
  await quiet();
  return {
    github,
    server,
    quiet,
    open: (title, files) =>
      github.people.openPullRequest({ repository: REPOSITORY, author: 'mira', title, fork: true, files }),
    async end() {
      await server.kill();
      await github[Symbol.asyncDispose]();
      github.assertClean();
    },
  };
}

/** How long a review takes from the event to the last write, and what it asks of GitHub. */
export async function measureReviews({ github, open, quiet }: Bench): Promise<readonly Figure[]> {
  const times: number[] = [];
  for (let index = 0; index < REVIEWS; index++) {
    const started = performance.now();
    await open(`Review ${index}`, soundSkill(`garden path ${index}`));
    await quiet();
    times.push(performance.now() - started);
  }
  // The first ones meet a cold process.
  const warm = times.slice(5);

  const callsDuring = async (something: () => Promise<unknown>) => {
    const before = github.exchanges.length;
    await something();
    await quiet();
    const made = github.exchanges.slice(before).filter(({ path }) => !path.endsWith('/access_tokens'));
    const writes = made.filter(({ isWrite }) => isWrite).length;
    return { reads: made.length - writes, unchanged: made.filter(({ status }) => status === 304).length, writes };
  };
  let one = 0;
  const single = await callsDuring(async () => {
    one = await open('One leaf', unsound(1));
  });
  const many = await callsDuring(() => open('Twenty leaves', unsound(20)));
  const rename = (title: string) => github.people.edit({ repository: REPOSITORY, number: one, by: 'mira', title });
  const second = await callsDuring(() => rename('One leaf, renamed'));
  const third = await callsDuring(() => rename('One leaf, renamed again'));
  return [
    {
      what: `whole review without a model, from the event to the last write (${warm.length} reviews)`,
      value: `median ${ms(quantile(warm, 0.5))}, p95 ${ms(quantile(warm, 0.95))}`,
    },
    { what: 'GitHub calls of a first review, 1 leaf with mistakes', value: asCalls(single) },
    { what: 'GitHub calls of a first review, 20 leaves with mistakes', value: asCalls(many) },
    { what: 'GitHub calls of a second look at the same head', value: asCalls(second), goal: '0 writes' },
    { what: 'GitHub calls of a third look at it', value: asCalls(third), goal: '0 writes' },
  ];
}

/** Reads to which GitHub answers 304 cost nothing of the hour's limit. */
const asCalls = ({ reads, unchanged, writes }: CallCounts): string =>
  `${reads} reads (${unchanged} of them 304), ${writes} writes`;

/** Leaves with two mistakes each: an example too few, and one that is there twice. */
function unsound(leaves: number): Files {
  const topics = Array.from({ length: leaves }, (_, index) => `hill ${index} of ${leaves}`);
  const examples = (topic: string) =>
    ['first', 'second', 'third', 'first'].map(ordinal => [`Which ${ordinal} ${topic}?`, `The ${topic}.`] as const);
  return Object.fromEntries(
    topics.flatMap(topic => [
      [`${leafOf(topic)}/qna.yaml`, qna(examples(topic))],
      [`${leafOf(topic)}/attribution.txt`, attribution],
    ]),
  );
}
