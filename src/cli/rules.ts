import { closest } from '../core/closest.ts';
import { firstSentence, renderRule } from '../core/rules/render-docs.ts';
import { ruleDocs } from '../core/rules/index.ts';
import type { Severity } from '../core/finding.ts';
import type { ExitCode } from './exit-code.ts';
import { markdownToText } from './markdown-text.ts';
import type { Terminal } from './terminal.ts';

const colours = { error: 'red', question: 'yellow', note: 'blue' } as const satisfies Record<Severity, string>;

/**
 * Prints all rules, a line each; with a name, that rule whole; with the name of a family, such as `layout`, the lines of its rules.
 * Throws with a sentence for people when there is no such rule.
 */
export function printRules(name: string | undefined, { out, paint, width }: Terminal): ExitCode {
  const doc = ruleDocs.find(({ id }) => id === name);
  if (doc !== undefined) {
    out(markdownToText(renderRule(doc), { paint, width }));
    return 0;
  }
  const listed = name === undefined ? ruleDocs : ruleDocs.filter(({ id }) => id.startsWith(`${name}/`));
  if (listed.length === 0) throw new Error(`There is no rule ${JSON.stringify(name)}.${meant(name ?? '')}`);
  const idWidth = Math.max(...listed.map(({ id }) => id.length));
  for (const { id, severity, why } of listed) {
    const columns = `${paint('bold', id.padEnd(idWidth))}  ${paint(colours[severity], severity.padEnd(8))}`;
    out(`${columns}  ${firstSentence(why).replaceAll('`', '')}\n`);
  }
  return 0;
}

/** What was probably meant: the nearest name, or one whose last part was given alone. */
function meant(name: string): string {
  const byPart = ruleDocs.find(({ id }) => id.endsWith(`/${name}`))?.id;
  const families = [...new Set(ruleDocs.map(({ id }) => id.slice(0, id.indexOf('/'))))];
  const guess = byPart ?? closest(name, [...ruleDocs.map(({ id }) => id), ...families]);
  return guess === undefined ? ' `assay rules` lists all.' : ` Did you mean ${guess}?`;
}
