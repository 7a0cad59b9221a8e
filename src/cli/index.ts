import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { day, pullRequestName, wholeNumber } from './arguments.ts';
import type { ExitCode } from './exit-code.ts';
import { processTerminal } from './terminal.ts';

const packageFile: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

/** Runs the command line and sets the process's exit code. Commands are loaded when they are called, so that `--help` is quick. */
export async function run(args: readonly string[]): Promise<void> {
  try {
    await program().parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = explain(error);
  }
}

function program(): Command {
  const terminal = processTerminal(process);
  const finish = async (code: Promise<ExitCode>): Promise<void> => {
    process.exitCode = await code;
  };

  const assay = new Command('assay')
    .description('Reviews contributions to an InstructLab taxonomy.')
    .version(packageFile.version)
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('Try --help.')
    .addHelpText(
      'after',
      '\nExit codes: 0 clean, 1 findings that the contributor must act on, 2 a failure of our own.',
    );

  assay
    .command('check')
    .description('Runs the rules on files. Needs no network and no repository.')
    .argument('<paths...>', 'files, or folders in which qna.yaml files are looked for')
    .addOption(
      new Option('--schema-version <which>', 'check against the newest schema, or the one that each file names')
        .choices(['highest', 'document'])
        .default('highest'),
    )
    .addOption(
      new Option('--profile <whose>', 'our rules, or only what the reference checker (instructlab-schema) would say')
        .choices(['assay', 'instructlab'])
        .default('assay'),
    )
    .addOption(
      new Option('--format <format>', 'how to write what was found')
        .choices(['text', 'json', 'sarif', 'github'])
        .default('text'),
    )
    .option('--fix', 'first mend in the files what can be proved safe, then say what is left')
    .addHelpText(
      'after',
      examples(
        'assay check compositional_skills/writing/limericks/qna.yaml',
        'assay check . --schema-version document',
        'assay check . --profile instructlab',
        'assay check . --fix',
        'assay check --format github $(git diff --name-only --diff-filter=d origin/main)',
        'assay check . --format sarif > assay.sarif',
      ),
    )
    .action(async (paths, options) =>
      finish((await import('./check.ts')).check(paths, options, terminal, packageFile.version)),
    );

  assay
    .command('rules')
    .description('Lists the rules, or tells all about one: why, how to mend it, who may waive it.')
    .argument('[rule]', 'a rule, such as layout/file-name, or a family of them, such as layout')
    .addHelpText('after', examples('assay rules', 'assay rules layout', 'assay rules layout/file-name'))
    .action(async rule => {
      process.exitCode = (await import('./rules.ts')).printRules(rule, terminal);
    });

  assay
    .command('review')
    .description('Shows the review that a pull request from this working tree would get.')
    .argument('[folder]', 'a folder of the working tree', '.')
    .option('--base <ref>', 'the branch that it would be merged into (default: origin/main, or main)')
    .addOption(
      new Option('--format <format>', 'how to write the comment, or what was found')
        .choices(['text', 'markdown', 'json'])
        .default('text'),
    )
    .addHelpText(
      'after',
      examples(
        'assay review',
        'assay review ~/taxonomy --base upstream/main',
        'assay review --format markdown > review.md',
      ),
    )
    .action(async (folder, options) => finish((await import('./review.ts')).review(folder, options, terminal)));

  assay
    .command('duplicates')
    .description('Prints what is already there of the examples in a folder, or in a pull request.')
    .argument('[folder]', 'a folder of a taxonomy, or a file; compared with all of that taxonomy', '.')
    .addOption(
      new Option(
        '--pr <name>',
        'a pull request on GitHub instead, compared with what the database of the App knows',
      ).argParser(pullRequestName),
    )
    .option('--all', 'also examples of one template that are filled differently')
    .option('--json', 'a list with the whole texts')
    .addHelpText(
      'after',
      examples(
        'assay duplicates',
        'assay duplicates knowledge/science/comets',
        'assay duplicates --pr instructlab/taxonomy#852',
        'assay duplicates --all --json > neighbours.json',
      ),
    )
    .action(async (folder, options) =>
      finish((await import('./duplicates.ts')).duplicates(folder, options, process.env, terminal)),
    );

  assay
    .command('backtest')
    .description('Reviews recorded pull requests, each against the taxonomy of its day, and writes nothing anywhere.')
    .argument('<folder>', 'folder with prs.jsonl.gz, bases.jsonl.gz and blobs.jsonl.gz')
    .option('--pr <number>', 'only this one', wholeNumber)
    .option('--json', 'a line of JSON a pull request, then the totals')
    .option('--comment', 'print the comment that would be posted, too')
    .addHelpText(
      'after',
      examples(
        'assay backtest ../taxonomy-prs',
        'assay backtest ../taxonomy-prs --pr 852 --comment',
        'assay backtest ../taxonomy-prs --json | tail -1',
      ),
    )
    .action(async (folder, options) => finish((await import('./backtest.ts')).backtest(folder, options, terminal)));

  const policy = assay
    .command('policy')
    .description('Tells about policy files: whether one can be used, and what it comes to.');
  const policyFile = '.github/assay.yml unless told';
  const builtOn = () => new Option('--on <file>', 'the policy that it builds on, such as a copy of the organisation’s');
  policy
    .command('check')
    .description('Says whether the file can be used, or what is wrong with it and on which line.')
    .argument('[file]', policyFile)
    .addOption(builtOn())
    .action(async (file, { on }) => finish((await import('./policy.ts')).checkPolicy({ file, on }, terminal)));
  policy
    .command('print')
    .description('Writes the whole policy that results, defaults included.')
    .argument('[file]', policyFile)
    .addOption(builtOn())
    .action(async (file, { on }) => finish((await import('./policy.ts')).printPolicy({ file, on }, terminal)));
  policy
    .command('explain')
    .description('Says what a setting is for; without a name, which differ from the defaults.')
    .argument('[key]', 'a setting, such as judge.block, or a mapping of them, such as labels')
    .option('--file <file>', policyFile)
    .addOption(builtOn())
    .addHelpText('after', examples('assay policy explain', 'assay policy explain judge.block'))
    .action(async (key, { file, on }) =>
      finish((await import('./policy.ts')).explainPolicy(key, { file, on }, terminal)),
    );

  assay
    .command('certify')
    .description('Computes from labels of triagers which questions of the judge may block.')
    .argument('<labels>', 'file with one JSON object a line; docs/certification.md shows one')
    .option('--write <policy>', 'put the certification into this policy file')
    .addHelpText(
      'after',
      examples('assay certify labels.jsonl', 'assay certify labels.jsonl --write .github/assay.yml'),
    )
    .action(async (labels, options) => finish((await import('./certify.ts')).certify(labels, options, terminal)));

  assay
    .command('serve')
    .description('Runs the GitHub App.')
    .addOption(
      new Option(
        '--role <role>',
        'take deliveries (web), do jobs (worker), or both; $ASSAY_ROLE otherwise. Several processes need DATABASE_URL',
      ).choices(['all', 'web', 'worker']),
    )
    .addHelpText('after', examples('assay serve', 'PORT=8080 assay serve', 'assay serve --role worker'))
    .action(async options => finish((await import('./serve.ts')).runServer(options)));

  assay
    .command('sweep')
    .description('Has every open pull request looked at again, by the server or at its next start.')
    .option('--repository <name>', 'only those of this one, as owner/name')
    .addHelpText('after', examples('assay sweep', 'assay sweep --repository instructlab/taxonomy'))
    .action(async options => finish((await import('./sweep.ts')).sweep(options, process.env, terminal)));

  assay
    .command('deliveries')
    .description('Lists webhooks of the last three days that did not arrive. The server asks for them every hour.')
    .option('--redeliver', 'ask GitHub now to send them again')
    .action(async options => finish((await import('./deliveries.ts')).deliveries(options, process.env, terminal)));

  const jobs = assay.command('jobs').description('Tells about jobs that were given up, and has them tried again.');
  const ids = 'ids, or their beginnings, as `assay jobs list` shows them';
  jobs
    .command('list', { isDefault: true })
    .description('Lists them with the reason, and how many jobs wait and run.')
    .option('--json', 'as JSON')
    .action(async options => finish((await import('./jobs.ts')).listJobs(options, process.env, terminal)));
  jobs
    .command('retry')
    .description('Has them tried again, by the server or at its next start.')
    .argument('[ids...]', ids)
    .option('--all', 'all of them')
    .action(async (chosen, options) =>
      finish((await import('./jobs.ts')).retryJobs(chosen, options, process.env, terminal)),
    );
  jobs
    .command('drop')
    .description('Forgets them.')
    .argument('[ids...]', ids)
    .option('--all', 'all of them')
    .action(async (chosen, options) =>
      finish((await import('./jobs.ts')).dropJobs(chosen, options, process.env, terminal)),
    );

  const audit = assay.command('audit').description('Reads the record of what Assay did and was told to do.');
  audit
    .command('export')
    .description('Writes it to standard output, oldest first.')
    .option('--since <day>', 'from this day on (UTC), such as 2026-03-01', day)
    .option('--before <day>', 'up to this day, without it', day)
    .option('--repository <name>', 'only of this one, as owner/name')
    .addOption(new Option('--format <format>', 'how').choices(['jsonl', 'csv']).default('jsonl'))
    .action(async options => finish((await import('./audit.ts')).exportAudit(options, process.env, terminal)));
  audit
    .command('verify')
    .description('Looks whether every row is as it was written and none is missing.')
    .action(async () => finish((await import('./audit.ts')).verifyAudit(process.env, terminal)));
  audit
    .command('prune')
    .description('Removes rows from before a day, which the record then says. Needs the owner of the table.')
    .requiredOption('--before <day>', 'up to this day, without it (UTC)', day)
    .action(async ({ before }) => finish((await import('./audit.ts')).pruneAudit(before, process.env, terminal)));
  audit
    .command('grants')
    .description('Prints the statements by which a role of PostgreSQL may run Assay and only add to the record.')
    .argument('<role>', 'the role as which the server connects')
    .action(async role => terminal.out((await import('./audit.ts')).grantsFor(role)));

  assay
    .command('backup')
    .description('Writes the embedded database into one file. The server must be stopped.')
    .argument('<file>', 'a file that is not there yet')
    .action(async file => finish((await import('./backup.ts')).backUp(file, process.env, terminal)));
  assay
    .command('restore')
    .description('Makes the folder of the embedded database anew from such a file.')
    .argument('<file>')
    .action(async file => finish((await import('./backup.ts')).restore(file, process.env, terminal)));
  assay
    .command('migrate-to')
    .description('Copies everything from the embedded database into an empty PostgreSQL. The server must be stopped.')
    .argument('<url>', 'postgres://user:password@host:5432/database')
    .action(async url => finish((await import('./backup.ts')).migrateTo(url, process.env, terminal)));

  assay
    .command('doctor')
    .description('Looks at the settings of the App and names the remedy for what is wrong.')
    .addHelpText('after', examples('assay doctor'))
    .action(async () => finish((await import('./doctor.ts')).doctor(process.env, terminal)));

  return assay;
}

const examples = (...lines: readonly string[]): string => `\nExamples:\n${lines.map(line => `  $ ${line}`).join('\n')}`;

/** One sentence for people; the place in our code only where it was asked for. */
function explain(error: unknown): ExitCode {
  // commander has said its sentence by now; asking for help or the version is no failure.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const isDebug = (process.env['ASSAY_DEBUG'] ?? '') !== '';
  const sentence = error instanceof Error ? error.message : String(error);
  process.stderr.write(isDebug && error instanceof Error ? `${error.stack ?? sentence}\n` : `assay: ${sentence}\n`);
  return 2;
}
