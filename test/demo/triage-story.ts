import type { Terminal } from '../../src/cli/terminal.ts';
import { markdownToText } from '../../src/cli/markdown-text.ts';
import { latestRuns } from '../simulator/mergeability.ts';
import { viewOf } from '../simulator/view.ts';
import type { View } from '../simulator/view.ts';
import { readFolder } from './files.ts';
import { REPOSITORY } from './start-demo.ts';
import type { Demo } from './start-demo.ts';
import { harbourNotices, politeRefusals, riddles } from './triage-contributions.ts';

const people = {
  'mira-lindqvist': 'Mira, a contributor',
  'tomasz-w': 'Tomasz, a contributor',
  'ayo-bello': 'Ayo, a contributor',
  noor: 'Noor, a triager',
  ines: 'Ines, an approver',
} as const;
type Person = keyof typeof people;

/**
 * A day of triage: three contributors, a triager and an approver, twelve commands of which two are refused, a waiver that a push
 * ends, and a merge through the queue. It is told at the times of a working day and played without waiting. Returns the numbers of the pull requests.
 */
export async function tellOfTriage(demo: Demo, terminal: Terminal): Promise<readonly number[]> {
  const { github, quiet } = demo;
  const { out, paint, width } = terminal;
  const view = (number: number): View => viewOf(github.pullRequest(REPOSITORY, number));
  const text = (markdown: string, by: number): string =>
    markdownToText(markdown.replaceAll(/<!--.*?-->/g, ''), { paint, width: width - by })
      .trimEnd()
      .replaceAll(/^(?=.)/gm, ' '.repeat(by));
  let commands = 0;

  /** Somebody does something; then what a person would see of it. */
  async function step(
    time: string,
    who: Person,
    what: string,
    about: () => Promise<number>,
    known?: number,
  ): Promise<number> {
    const before = known === undefined ? undefined : view(known);
    out(`\n${paint(['bold', 'cyan'], time)} ${paint('bold', people[who])}: ${what}\n`);
    const number = await about();
    await quiet();
    for (const line of whatChanged(before, view(number))) out(`  ${line}\n`);
    for (const reply of view(number).comments.slice(before?.comments.length ?? 0)) {
      if (reply.author !== github.app.bot.login || reply.body.startsWith('### ')) continue;
      out(`  ${paint('bold', 'Assay replies')}\n${text(reply.body, 4)}\n`);
    }
    return number;
  }
  const open = (time: string, author: Person, title: string, files: Readonly<Record<string, string>>) =>
    step(time, author, `opens a pull request, “${title}”`, () =>
      github.people.openPullRequest({ repository: REPOSITORY, author, title, files, fork: true }),
    );
  const push = (time: string, who: Person, number: number, what: string, files: Readonly<Record<string, string>>) =>
    step(
      time,
      who,
      `pushes to #${number}: ${what}`,
      async () => {
        await github.people.push({ repository: REPOSITORY, number, files });
        return number;
      },
      number,
    );
  const command = (time: string, who: Person, number: number, body: string) => {
    commands++;
    return step(
      time,
      who,
      `writes on #${number}: ${paint('yellow', body)}`,
      async () => {
        await github.people.comment({ repository: REPOSITORY, number, by: who, body });
        return number;
      },
      number,
    );
  };
  /** The id that stands behind a finding of the rule in the comment, as a person reads it. */
  const idOf = (number: number, rule: string): string => {
    const comment = view(number).comments.find(({ body }) => body.startsWith('### '));
    return new RegExp(`\`${rule}\`, \`([0-9a-f]{7})\``).exec(comment?.body ?? '')?.[1] ?? 'none';
  };

  out(
    `${paint(['bold', 'cyan'], 'A day of triage')}\n  A simulated GitHub runs at ${github.url}. The judge is switched off: today is about people.\n`,
  );
  github.createRepository({
    name: REPOSITORY,
    files: { ...(await readFolder('base')), '.github/assay.yml': 'mode: active\njudge: off\n' },
    collaborators: { noor: 'triage', ines: 'write' },
    requiredChecks: ['assay/rules'],
  });
  await github.install('lantern', { by: 'ines' });
  await quiet();

  const notices = await open('08:10', 'mira-lindqvist', 'Notices of a harbour', harbourNotices('+44 20 7946 0958'));
  const refusals = await open('08:25', 'tomasz-w', 'Polite refusals', politeRefusals('No.'));
  const jokes = await open('08:40', 'ayo-bello', 'Riddles', riddles);

  const id = idOf(notices, 'screen/personal-data');
  await command('08:55', 'mira-lindqvist', notices, `/assay explain ${id}`);
  await command('09:00', 'mira-lindqvist', notices, `/assay waive ${id} It is only the number of the office`);
  await command('09:02', 'mira-lindqvist', notices, `/assay dispute ${id} It is the number of the harbour office`);
  await command('09:30', 'noor', notices, `/assay waive ${id} The number of the office is public`);
  await command('09:35', 'noor', refusals, '/assay assign');
  await command('09:36', 'noor', refusals, '/assay request-changes "The second answer is not polite"');
  await command('09:50', 'noor', jokes, '/assay uncertain Are riddles jokes?');
  await command('10:15', 'ines', jokes, '/assay reject jokes');
  await push(
    '11:20',
    'tomasz-w',
    refusals,
    'a kinder second answer',
    politeRefusals('I wish I could. The rent takes all that I have this month; may I help you look for another way?'),
  );
  await command('11:40', 'noor', refusals, '/assay hold "The meeting at noon talks about refusals"');
  await command('12:50', 'noor', refusals, '/assay unhold');
  await command('12:52', 'noor', refusals, '/assay approve');
  await command('13:05', 'ines', refusals, '/assay approve');
  await step(
    '13:06',
    'ines',
    `presses “Merge when ready” on #${refusals}`,
    async () => {
      const { sha } = await github.people.enqueue({ repository: REPOSITORY, number: refusals, by: 'ines' });
      await quiet();
      const [run] = latestRuns(github.repository(REPOSITORY), sha);
      out(
        `  The queue has made ${sha.slice(0, 7)}; there ${run?.name ?? 'no check'} says: ${run?.title ?? 'nothing'} (${run?.conclusion ?? 'open'})\n`,
      );
      const ended = await github.people.settleQueue({ repository: REPOSITORY, number: refusals });
      out(`  The queue: ${ended}\n`);
      return refusals;
    },
    refusals,
  );
  await push('14:30', 'mira-lindqvist', notices, 'another number', harbourNotices('+44 161 496 0777'));

  const writes = github.exchanges.filter(({ isWrite }) => isWrite).length;
  out(
    `\n${paint(['bold', 'cyan'], 'The end of the day')}\n  ${commands} commands; GitHub was asked ${github.exchanges.length - writes} times and written to ${writes} times.\n`,
  );
  return [notices, refusals, jokes];
}

/** What differs between two looks at a pull request, a line each. */
function whatChanged(before: View | undefined, after: View): readonly string[] {
  const added = after.labels.filter(label => before?.labels.includes(label) !== true).map(label => `+${label}`);
  const removed = (before?.labels ?? []).filter(label => !after.labels.includes(label)).map(label => `-${label}`);
  const rulesOf = (view: View | undefined): string => {
    const check = view?.checks.find(({ name }) => name === 'assay/rules');
    return check === undefined ? '' : `assay/rules: ${check.conclusion ?? check.status}. ${check.title ?? ''}`;
  };
  const newAssignees = after.assignees.filter(login => before?.assignees.includes(login) !== true);
  const [said, saidBefore] = [decisionsIn(after), before === undefined ? [] : decisionsIn(before)];
  const command = after.comments.findLast(({ body }) => body.startsWith('/assay'));
  const isNewCommand = after.comments.length > (before?.comments.length ?? 0);
  return [
    `#${after.number} ${after.title} (${after.state})`,
    ...(isNewCommand && command !== undefined && before !== undefined
      ? [
          `Reaction: ${command.reactions.map(reaction => marks[reaction.split(': ')[1] ?? ''] ?? reaction).join(', ') || 'none'}`,
        ]
      : []),
    ...(added.length + removed.length === 0 ? [] : [`Labels: ${[...added, ...removed].join(' ')}`]),
    ...(rulesOf(after) === rulesOf(before) ? [] : [rulesOf(after)]),
    ...newAssignees.map(login => `Assigned: ${login}`),
    ...said.filter(line => !saidBefore.includes(line)).map(line => `Comment: ${line}`),
  ];
}

const marks: Readonly<Record<string, string>> = { eyes: '👀', confused: '😕' };

/** Of our comment: the headline, whose turn it is, and what people decided. */
function decisionsIn({ comments }: View): readonly string[] {
  const lines = comments.find(({ body }) => body.startsWith('### '))?.body.split('\n') ?? [];
  const plain = (line: string): string =>
    line
      .replaceAll(/\]\([^)]*\)/g, ']')
      .replaceAll(/\*\*|^### /g, '')
      .replaceAll(/ \(\[comment\]\)/g, '');
  const start = lines.findIndex(line => line === '**What people decided**');
  const end = lines.findIndex((line, at) => at > start + 1 && line === '');
  const decided = start < 0 ? [] : lines.slice(start + 2, end < 0 ? undefined : end);
  return [lines[0] ?? '', lines[2] ?? '', ...decided].filter(line => line !== '').map(plain);
}
