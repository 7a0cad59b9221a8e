import { parseSync, Visitor } from 'oxc-parser';

/** A regular expression in source code; `made` is one whose text is not a constant. */
export type FoundRegex = { readonly line: number; readonly text: string } & (
  | { readonly type: 'constant'; readonly pattern: string; readonly flags: string }
  | { readonly type: 'made' }
);

/** All literals and calls of `RegExp`, in the order of the source. Throws when it cannot be parsed. */
export function regexesIn(file: string, source: string): readonly FoundRegex[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found: FoundRegex[] = [];
  const add = (start: number, end: number, constant?: { readonly pattern: string; readonly flags: string }): void => {
    const place = { line: source.slice(0, start).split('\n').length, text: source.slice(start, end) };
    found.push(constant === undefined ? { ...place, type: 'made' } : { ...place, type: 'constant', ...constant });
  };
  const call = (node: { start: number; end: number; callee: unknown; arguments: readonly unknown[] }): void => {
    if (!isNamed(node.callee, 'RegExp')) return;
    const [pattern, flags = ''] = node.arguments.map(textOf);
    add(node.start, node.end, pattern === undefined || flags === undefined ? undefined : { pattern, flags });
  };
  new Visitor({
    Literal(node) {
      if ('regex' in node && node.regex) add(node.start, node.end, node.regex);
    },
    NewExpression: call,
    CallExpression: call,
  }).visit(program);
  return found;
}

const isNamed = (node: unknown, name: string): boolean =>
  typeof node === 'object' && node !== null && 'name' in node && node.name === name;

const textOf = (node: unknown): string | undefined =>
  typeof node === 'object' && node !== null && 'value' in node && typeof node.value === 'string'
    ? node.value
    : undefined;
