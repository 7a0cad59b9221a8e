import type { Severity } from '../../core/finding.ts';
import { byPlace, unexplained } from '../report.ts';
import type { Report } from '../report.ts';
import { printable } from '../terminal.ts';

const commands = { error: 'error', question: 'warning', note: 'notice' } as const satisfies Record<Severity, string>;

/**
 * Workflow commands: GitHub Actions turns these lines into annotations. Escaped as the runner expects (actions/toolkit,
 * `packages/core/src/command.ts`), so that no contributor's text can end the line and begin a command of its own; and printable,
 * since people run this on a terminal too.
 */
export const formatGitHub = (report: Report): string =>
  [
    ...byPlace(report).map(({ location: { path, line, column, endLine }, severity, rule, message }) => {
      const end = endLine === undefined || endLine === line ? '' : `,endLine=${endLine}`;
      const place = `file=${escapeProperty(path)},line=${line}${end},col=${column},title=${escapeProperty(rule)}`;
      return `::${commands[severity]} ${place}::${escapeText(message)}\n`;
    }),
    ...unexplained(report).map(
      ({ path, reason }) => `::error file=${escapeProperty(path)}::${escapeText(`Not read: ${reason ?? ''}`)}\n`,
    ),
  ].join('');

const escapeText = (text: string): string =>
  printable(text, { keepLines: true }).replaceAll('%', '%25').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
