import type { Terminal } from '../../src/cli/terminal.ts';
import { readFolder } from './files.ts';
import { printer } from './print.ts';
import { REPOSITORY } from './start-demo.ts';
import type { Demo } from './start-demo.ts';

/** Mistakes, a fix, a duplicate, a command. Returns the numbers of the pull requests. */
export async function tellOfContributions(
  { github, judgedBy, quiet }: Demo,
  terminal: Terminal,
): Promise<readonly number[]> {
  const { say, show } = printer(github, terminal);
  say('A taxonomy with Assay installed', `A simulated GitHub runs at ${github.url}. ${judgedBy}`);
  github.createRepository({
    name: REPOSITORY,
    files: await readFolder('base'),
    collaborators: { ines: 'maintain' },
    requiredChecks: ['assay/rules'],
  });
  await github.install('lantern', { by: 'ines' });
  await quiet();

  say('Mira opens a pull request from her fork', 'It has mistakes. Assay looks at it as soon as GitHub tells.');
  const first = await github.people.openPullRequest({
    repository: REPOSITORY,
    author: 'mira-lindqvist',
    title: 'Plain language for official sentences',
    files: await readFolder('opened'),
    fork: true,
  });
  await quiet();
  show(REPOSITORY, first);

  say('Mira pushes a fix', 'The old findings are gone. Now the judge reads the examples, too.');
  await github.people.push({ repository: REPOSITORY, number: first, files: await readFolder('fixed') });
  await quiet();
  show(REPOSITORY, first);

  say('Tomasz opens another one', 'Two of his questions are Mira’s, and one is in the taxonomy already.');
  const second = await github.people.openPullRequest({
    repository: REPOSITORY,
    author: 'tomasz-w',
    title: 'Simple words',
    files: await readFolder('twin'),
    fork: true,
  });
  await quiet();
  show(REPOSITORY, second);

  say('Ines, a maintainer, asks Assay for help', 'She comments a command on Mira’s pull request.');
  await github.people.comment({ repository: REPOSITORY, number: first, by: 'ines', body: '/assay help' });
  await quiet();
  show(REPOSITORY, first, 'conversation');

  const writes = github.exchanges.filter(({ isWrite }) => isWrite).length;
  const reads = github.exchanges.length - writes;
  say(
    'The end',
    `GitHub was asked ${reads} times and written to ${writes} times. Every exchange fitted GitHub’s API description.`,
  );
  return [first, second];
}
