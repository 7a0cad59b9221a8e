/**
 * `npm run demo`: a simulated GitHub, the real App with its embedded database, and a story told with signed webhooks; with
 * `-- triage` another one: a day of triage. Ends by itself; with `--keep` it goes on until it is interrupted, and prints where
 * everything is.
 */
import { parseArgs } from 'node:util';
import { processTerminal } from '../../src/cli/terminal.ts';
import { tellOfContributions } from './contribution-story.ts';
import { startDemo } from './start-demo.ts';
import { tellOfTriage } from './triage-story.ts';

const { values, positionals } = parseArgs({ options: { keep: { type: 'boolean' } }, allowPositionals: true });
const [name = 'contributions', ...more] = positionals;
const terminal = processTerminal(process);

if (more.length > 0 || !['contributions', 'triage'].includes(name)) {
  terminal.err('Usage: npm run demo [-- triage] [-- --keep]\n');
  process.exitCode = 2;
} else {
  const demo = await startDemo(process.env);
  const numbers = await (name === 'triage' ? tellOfTriage : tellOfContributions)(demo, terminal);
  if (values.keep === true) {
    const pages = numbers.map(number => `${demo.github.url}/lantern/taxonomy/pull/${number}`).join('\n  ');
    terminal.out(
      `\nStill running\n  Assay: ${demo.url}\n  Webhooks: ${demo.webhookUrl}\n  ${pages}\n  Interrupt to end.\n`,
    );
    await new Promise(resolve => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
  }
  await demo.end();
}
