import { flushCompileCache } from 'node:module';
import { readEnvironment } from '../../src/config/environment.ts';
import { startAssay } from '../../src/main.ts';

/**
 * The server as a process of its own, to be killed. It is put together as `assay serve` does it, and tells its parent beside that
 * where it listens and, when asked, that no job is left.
 */
const { credentials, ...environment } = readEnvironment(process.env, () => '');
if (credentials === undefined) throw new Error('The test gave no credentials.');
const assay = await startAssay(environment, credentials);

process.on('message', () => void assay.idle().then(() => process.send?.({ type: 'idle' })));
process.on('disconnect', () => process.exit());
// Node keeps what it compiled at its end, which a killed process does not have.
flushCompileCache();
process.send?.({ type: 'listening', webhookUrl: assay.webhookUrl });
