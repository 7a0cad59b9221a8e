import { z } from 'zod';
import { createAudit } from '../store/audit.ts';
import type { AuditRow } from '../store/audit.ts';
import type { ExitCode } from './exit-code.ts';
import { withDatabase } from './open-store.ts';
import { printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export type AuditOptions = {
  readonly since?: Date;
  readonly before?: Date;
  /** `owner/name`, as it was called when a row was written. */
  readonly repository?: string;
  readonly format: 'jsonl' | 'csv';
};

/** Writes the record, a row a line, oldest first: as JSON with its place in the chain, or as CSV for a spreadsheet. */
export const exportAudit = (options: AuditOptions, variables: Variables, { out }: Terminal): Promise<ExitCode> =>
  withDatabase<ExitCode>(variables, async database => {
    const { since, before, repository, format } = options;
    if (format === 'csv') out('id,at,repository,number,kind,entry,hash\n');
    for await (const row of createAudit(database).read({ ...(since && { since }), ...(before && { before }) })) {
      const entry = readEntry(row);
      if (repository !== undefined && entry.repository.toLowerCase() !== repository.toLowerCase()) continue;
      out(format === 'csv' ? csvLine(row, entry) : jsonLine(row));
    }
    return 0;
  });

/** Looks whether every row is as it was written and none is missing. Exit code 1 if not. */
export const verifyAudit = (variables: Variables, { out, paint }: Terminal): Promise<ExitCode> =>
  withDatabase<ExitCode>(variables, async database => {
    const states = await createAudit(database).verify();
    let code: ExitCode = 0;
    for (const [repository, state] of states) {
      if (state.type === 'whole') {
        out(`${paint('green', 'whole')} repository ${repository}: ${state.rows} rows\n`);
        continue;
      }
      code = 1;
      out(
        `${paint('red', 'broken')} repository ${repository}${state.id === 0 ? '' : `, row ${state.id}`}: ${state.problem}\n`,
      );
    }
    if (states.size === 0) out('The record is empty.\n');
    return code;
  });

/** Removes rows from before a day. Only the owner of the table can, so it may need another DATABASE_URL than the server has. */
export const pruneAudit = (before: Date, variables: Variables, { out }: Terminal): Promise<ExitCode> =>
  withDatabase<ExitCode>(variables, async database => {
    const removed = await createAudit(database).prune(before, new Date());
    out(`${removed} rows removed; the record says so.\n`);
    return 0;
  });

/** The statements that let a role of its own run Assay and only add to the record: for PostgreSQL, to be run by the owner. */
export function grantsFor(role: string): string {
  const name = `"${role.replaceAll('"', '""')}"`;
  return [
    `grant usage on schema public, pgboss to ${name};`,
    `grant select, insert, update, delete on all tables in schema public, pgboss to ${name};`,
    `grant usage on all sequences in schema public, pgboss to ${name};`,
    `grant execute on all functions in schema public, pgboss to ${name};`,
    `revoke update, delete, truncate on audit from ${name};`,
    '',
  ].join('\n');
}

/** What of an entry has a column of its own. */
const shown = z.looseObject({
  at: z.string(),
  repository: z.object({ owner: z.string(), name: z.string() }),
  number: z.number().optional(),
  kind: z.string(),
});

type Entry = { readonly at: string; readonly repository: string; readonly number: string; readonly kind: string };

function readEntry({ entry }: AuditRow): Entry {
  const { at, repository, number, kind } = shown.parse(JSON.parse(entry));
  return { at, repository: `${repository.owner}/${repository.name}`, number: String(number ?? ''), kind };
}

const jsonLine = ({ id, entry, previous, hash }: AuditRow): string =>
  `{"id":${id},"entry":${entry},"previous":"${previous}","hash":"${hash}"}\n`;

const csvLine = ({ id, entry, hash }: AuditRow, { at, repository, number, kind }: Entry): string =>
  `${[String(id), at, repository, number, kind, entry, hash].map(cell).join(',')}\n`;

/** Quoted by RFC 4180. A beginning that a spreadsheet would take for a formula is made plain text. */
const cell = (text: string): string => {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${printable(plain).replaceAll('"', '""')}"`;
};
