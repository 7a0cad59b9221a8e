import { listFailedDeliveries, redeliver } from '../github/deliveries.ts';
import { connectGitHub } from '../github/octokit.ts';
import { findLost, redeliverLost } from '../redeliver-lost.ts';
import { createInbox } from '../store/inbox.ts';
import type { ExitCode } from './exit-code.ts';
import { environmentWithApp, withQueue } from './open-store.ts';
import { printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Lists the webhooks of the last three days that did not arrive; with `--redeliver`, asks GitHub to send them again. */
export async function deliveries(
  { redeliver: asks }: { readonly redeliver?: true },
  variables: Readonly<Record<string, string | undefined>>,
  { out }: Terminal,
): Promise<ExitCode> {
  const { credentials, github } = environmentWithApp(variables);
  const { octokit } = connectGitHub({ ...credentials, baseUrl: github.apiUrl }).asApp;
  return withQueue<ExitCode>(variables, async (queue, database) => {
    const { known } = createInbox(database, queue);
    const log = {
      list: (since: Date) => listFailedDeliveries(octokit, since),
      known,
      askFor: (delivery: { readonly id: string }) => redeliver(octokit, delivery),
    };
    const lost = await findLost(log, new Date());
    for (const { deliveredAt, event, guid, statusCode, attempts } of lost)
      out(
        `${deliveredAt} ${printable(event)} ${guid}: ${statusCode === 0 ? 'no answer' : `answered with ${statusCode}`}, ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}\n`,
      );
    if (asks !== true) {
      out(`${lost.length} lost in the last three days.\n`);
      return lost.length === 0 ? 0 : 1;
    }
    out(`${await redeliverLost(log, new Date())} asked for again.\n`);
    return 0;
  });
}
