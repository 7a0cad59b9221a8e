import { flushCompileCache } from 'node:module';
import { openDatabase } from '../../src/store/database.ts';
import { createInbox } from '../../src/store/inbox.ts';
import { startQueue } from '../../src/store/queue.ts';

/**
 * A server's store as a process of its own, to be killed: `node holder.ts FOLDER [take]`. Takes one delivery a line from the parent
 * and prints `accepted NUMBER` once it is stored; with `take` it begins every job, prints `begun NUMBER`, and never ends one.
 */
const [dataDir = '', mode] = process.argv.slice(2);

const database = await openDatabase({ dataDir });
const queue = await startQueue(database);
const inbox = createInbox(database, queue);
const print = (line: string): boolean => process.stdout.write(`${line}\n`);

if (mode === 'take') {
  await queue.work(
    job => {
      print(`begun ${job.type === 'review' ? job.number : job.type}`);
      return new Promise(() => undefined);
    },
    { concurrency: 2, onSettled: inbox.settle },
  );
}
// Node keeps what it compiled at its end, which a killed process does not have.
flushCompileCache();
print('ready');

for await (const chunk of process.stdin) {
  for (const line of String(chunk).split('\n').filter(Boolean)) {
    const number = Number(line);
    await inbox.receive({
      guid: `guid-${number}`,
      event: 'pull_request',
      bodyHash: 'hash',
      receivedAt: new Date(),
      jobs: [{ type: 'review', installationId: 1, repository: { id: 7, owner: 'o', name: 'n' }, number }],
    });
    print(`accepted ${number}`);
  }
}
