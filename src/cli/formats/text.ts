import type { Finding, Severity } from '../../core/finding.ts';
import { byPlace, summarise, unexplained } from '../report.ts';
import type { Report } from '../report.ts';
import { printable } from '../terminal.ts';
import type { Paint } from '../terminal.ts';

const colours = { error: 'red', question: 'yellow', note: 'blue' } as const satisfies Record<Severity, string>;

/** For people: a line a finding, `path:line:column severity rule message`, which editors and terminals can jump to. */
export function formatText(report: Report, paint: Paint): string {
  return [
    ...byPlace(report).map(finding => lineOf(finding, paint)),
    ...unexplained(report).map(
      ({ path, reason }) => `${printable(path)}: ${paint('red', 'not read')} ${printable(reason ?? '')}`,
    ),
    lastLine(report, paint),
    '',
  ].join('\n');
}

function lineOf({ location: { path, line, column }, severity, rule, message }: Finding, paint: Paint): string {
  const place = paint('bold', path === '' ? 'pull request' : `${printable(path)}:${line}:${column}`);
  return `${place} ${paint(colours[severity], severity)} ${paint('dim', rule)} ${printable(message)}`;
}

function lastLine(report: Report, paint: Paint): string {
  const { files, errors, questions, notes, unread } = summarise(report);
  const looked = `${count(files, 'file')} checked`;
  const parts = [
    errors > 0 ? paint('red', count(errors, 'error')) : '',
    questions > 0 ? paint('yellow', count(questions, 'question')) : '',
    notes > 0 ? paint('blue', count(notes, 'note')) : '',
    unread > 0 ? paint('red', `${count(unread, 'file')} not read`) : '',
  ].filter(part => part !== '');
  if (parts.length === 0) return paint('green', `${looked}, nothing found.`);
  const hint = report.findings.length > 0 ? paint('dim', ' `assay rules RULE` says more about a rule.') : '';
  return `${looked}: ${parts.join(', ')}.${hint}`;
}

/** `1 file`, `2 files`; the plural is the word with an s unless given. */
export const count = (number: number, noun: string, nouns = `${noun}s`): string =>
  `${number} ${number === 1 ? noun : nouns}`;
