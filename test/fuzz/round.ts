import { limitConcerns } from '../../src/core/concern-limit.ts';
import type { FileAccount } from '../../src/core/contribution.ts';
import { noNeighbourhood } from '../../src/core/duplicates/example-key.ts';
import { identify } from '../../src/core/finding.ts';
import type { Finding } from '../../src/core/finding.ts';
import { MAX_CONCERNS } from '../../src/core/parse/limits.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import type { ChangedFile } from '../../src/core/pull-request.ts';
import { checkContribution } from '../../src/core/rules/index.ts';
import { startParser } from '../../src/parser/index.ts';
import type { Parser } from '../../src/parser/index.ts';

/** Of the processor, for reading one file or for all rules on it. */
const MAX_MILLISECONDS = 1_000;

/** The thread that reads: whoever takes longer than a second is given up there, and whoever needs more than 256 MB. */
export const startReader = (): Parser => startParser({ timeLimitMs: MAX_MILLISECONDS });

/** Runs everything that is done with a file without a model. Throws in words when something is not as promised. */
export async function tryFile(path: string, bytes: Uint8Array, reader: Parser): Promise<void> {
  const file: ChangedFile = { path, status: 'added', blobSha: '', content: { type: 'bytes', bytes } };
  const contribution = await reader.parse([file]);
  for (const account of contribution.account) checkAccount(account);

  const before = process.cpuUsage();
  const checked = checkContribution(contribution, {
    pullRequest: { headSha: '', files: [file] },
    taxonomy: { sha: '', files: new Map() },
    neighbourhood: noNeighbourhood,
    policy: defaultPolicy,
  });
  const findings = identify(limitConcerns([...contribution.concerns, ...checked]));
  const { user, system } = process.cpuUsage(before);
  if ((user + system) / 1000 > MAX_MILLISECONDS) throw new Error('the rules took more than a second');

  if (contribution.concerns.length > MAX_CONCERNS) throw new Error(`${contribution.concerns.length} concerns`);
  if (new Set(findings.map(({ fingerprint }) => fingerprint)).size < findings.length)
    throw new Error('two findings have one fingerprint');
  const lines = new TextDecoder().decode(bytes).split('\n');
  for (const finding of findings) checkPlace(finding, lines);
}

/** What the reader says of itself when it failed; whatever the file says is fine. */
function checkAccount({ state, reason = '' }: FileAccount): void {
  if (state === 'unread' && /^(?:it took|Assay failed)/.test(reason)) throw new Error(reason);
}

function checkPlace({ rule, location, suggestion }: Finding, lines: readonly string[]): void {
  const { line, column, endLine = line } = location;
  const isInside =
    line >= 1 &&
    line <= endLine &&
    endLine <= lines.length &&
    column >= 1 &&
    column <= (lines[line - 1] ?? '').length + 1;
  if (!isInside) throw new Error(`${rule} lies outside of the file: ${JSON.stringify(location)}`);
  if (suggestion === undefined) return;
  if (suggestion.startLine < 1 || suggestion.startLine > suggestion.endLine || suggestion.endLine > lines.length)
    throw new Error(`the suggestion of ${rule} lies outside of the file: ${JSON.stringify(suggestion)}`);
}
