import type { Lines } from '../parse/lines.ts';
import type { Lexeme } from '../parse/scan.ts';
import { levels, type Problem } from './problem.ts';

type Directive = {
  readonly verb: 'disable' | 'enable' | 'disable-line';
  /** All rules when none is named. */
  readonly rules: readonly string[];
};

/**
 * Leaves out the problems that comments such as `# yamllint disable rule:colons` switch off, as yamllint does: from the comment's
 * line on until it is enabled again, on one line alone, or in the whole file.
 */
export function withoutDisabled(
  problems: readonly Problem[],
  { text, lines, lexemes }: { readonly text: string; readonly lines: Lines; readonly lexemes: readonly Lexeme[] },
): readonly Problem[] {
  if (/^#\s*yamllint disable-file\s*$/.test(text.slice(0, Math.max(0, text.indexOf('\n'))))) return [];
  const comments = lexemes.flatMap(({ type, start, end }, index) => {
    const directive = type === 'comment' ? directiveOf(text.slice(start, end)) : undefined;
    if (directive === undefined) return [];
    const { line } = lines.at(start);
    const before = lexemes[index - 1];
    const isInline =
      before !== undefined && before.type !== 'block-text' && lines.at(before.start, before.end).endLine === line;
    return [{ ...directive, line, isInline }];
  });
  if (comments.length === 0) return problems;

  const disabled = new Set<string>();
  const onLine = new Map<number, Set<string>>();
  let next = 0;
  const advanceTo = (line: number): void => {
    for (let comment = comments[next]; comment !== undefined && comment.line <= line; comment = comments[next]) {
      const rules = comment.rules.length === 0 ? Object.keys(levels) : comment.rules;
      const target = comment.line + (comment.isInline ? 0 : 1);
      for (const rule of rules) {
        if (comment.verb === 'disable') disabled.add(rule);
        else if (comment.verb === 'enable') disabled.delete(rule);
        else onLine.set(target, (onLine.get(target) ?? new Set()).add(rule));
      }
      next += 1;
    }
  };
  return problems
    .map(problem => ({ problem, line: lines.at(problem.start).line }))
    .sort((a, b) => a.line - b.line)
    .flatMap(({ problem, line }) => {
      advanceTo(line);
      return disabled.has(problem.rule) || onLine.get(line)?.has(problem.rule) === true ? [] : [problem];
    });
}

function directiveOf(comment: string): Directive | undefined {
  const [hash, name, verb, ...rest] = comment.trimEnd().split(' ');
  if (hash !== '#' || name !== 'yamllint') return undefined;
  if (verb !== 'disable' && verb !== 'enable' && verb !== 'disable-line') return undefined;
  if (!rest.every(each => /^rule:\S+$/.test(each))) return undefined;
  return { verb, rules: rest.map(each => each.slice('rule:'.length)) };
}
