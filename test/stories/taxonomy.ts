import type { GitHub } from '../simulator/github.ts';
import type { Role } from '../simulator/state.ts';
import type { View } from '../simulator/view.ts';
import { baseFiles } from './contributions.ts';
import type { Files } from './contributions.ts';

/** Where repositories are made and people act. */
export type Place = {
  readonly github: GitHub;
  readonly people: GitHub['people'];
  /** Resolves when every delivery has been answered and no job waits or runs. */
  quiet(): Promise<void>;
};

export type TaxonomyOptions = {
  /** Default a taxonomy of one leaf, with a policy. */
  readonly files?: Files;
  /** Text of the policy file, in the place of the default one. */
  readonly policy?: string;
  /** Default true. */
  readonly isInstalled?: boolean;
};

/** How a pull request is opened; from a fork unless told. */
export type Draft = {
  readonly by?: string;
  readonly title?: string;
  readonly fork?: boolean;
  readonly draft?: boolean;
  readonly base?: string;
  readonly branch?: string;
  /** Its commit carries no sign-off. */
  readonly unsigned?: boolean;
};

type Check = View['checks'][number];

/** One repository and what people do in it. Each action ends when Assay has nothing more to do. */
export type Taxonomy = Awaited<ReturnType<typeof createTaxonomy>>;

const collaborators: Readonly<Record<string, Role>> = { ines: 'maintain', tom: 'triage', wim: 'write', ada: 'admin' };

const OURS = 'assay-simulated[bot]';

/** Makes a repository whose owner has the App. */
export async function createTaxonomy({ github, people, quiet }: Place, name: string, options: TaxonomyOptions = {}) {
  const { policy, isInstalled = true } = options;
  const files = { ...(options.files ?? baseFiles), ...(policy !== undefined && { '.github/assay.yml': policy }) };
  github.createRepository({ name, files, collaborators, requiredChecks: ['assay/rules'] });
  const [owner = ''] = name.split('/');
  if (isInstalled) await github.install(owner, { by: 'ines' });
  await quiet();

  const view = (number: number): View => github.view(name, number);
  const pull = (number: number) => ({ repository: name, number });

  return {
    name,
    owner,
    view,
    pull,
    /** Opens a pull request and gives its number. */
    async open(contribution: Files, { by = 'mira', title = 'Add a leaf', fork = true, ...more }: Draft = {}) {
      const number = await people.openPullRequest({
        repository: name,
        author: by,
        title,
        files: contribution,
        fork,
        ...more,
      });
      await quiet();
      return number;
    },
    async push(number: number, contribution: Files) {
      const sha = await people.push({ ...pull(number), files: contribution });
      await quiet();
      return sha;
    },
    /** Says something on a pull request and gives the comment's id. */
    async say(number: number, by: string, body: string) {
      const id = await people.comment({ ...pull(number), by, body });
      await quiet();
      return id;
    },
    /** Has every open pull request looked at again: the default branch gets a commit that has nothing to do with them. */
    async sweep() {
      await people.pushToBranch({ repository: name, by: 'ines', files: { 'README.md': `${Math.random()}\n` } });
      await quiet();
    },
    /**
     * The view without the lines that tell when and at what cost something was written, which are not kept up to date, and
     * without the repository's name, so that two can be compared.
     */
    look: (number: number): View =>
      JSON.parse(JSON.stringify(view(number)), (_, value: unknown) =>
        typeof value === 'string'
          ? value
              .replaceAll(/^<sub>.*<\/sub>$/gm, '')
              .replaceAll(name, 'owner/name')
              .replaceAll(/(?<=assay:reply )\d+/g, '<id>')
          : value,
      ),
    /** The check as a person sees it; undefined before it was ever made. */
    check: (number: number, check: 'assay/rules' | 'assay/judge'): Check | undefined =>
      view(number).checks.find(run => run.name === check),
    /** What the checks say, in short. */
    conclusions: (number: number) =>
      Object.fromEntries(view(number).checks.map(run => [run.name, run.conclusion ?? run.status])),
    /** What Assay wrote into the conversation, oldest first. */
    words: (number: number) =>
      view(number)
        .comments.filter(({ author }) => author === OURS)
        .map(({ body }) => body),
    labels: (number: number) => view(number).labels,
    /** Reactions on the comment with this text, such as `ines: eyes`. */
    reactions: (number: number, body: string) =>
      view(number).comments.find(comment => comment.body === body)?.reactions ?? [],
  };
}
