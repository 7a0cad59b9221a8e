import { returnAt, splitReturn, trimBlanksEnd } from './blanks.ts';
import { only, type Kind } from './kind.ts';

const BLANKS = { changes: 'blanks' } as const;

/** Blanks at the end of a line go; a line of blanks is emptied, or goes too where an empty one is not wanted. */
export const trimBlanks: Kind = {
  rules: ['yamllint/trailing-spaces'],
  propose({ location: { line: at } }, { lines }) {
    const line = lines[at - 1];
    if (line === undefined) return [];
    const [said, end] = splitReturn(line);
    const trimmed = trimBlanksEnd(said);
    const edit = { startLine: at, endLine: at, lines: [trimmed + end] };
    if (trimmed !== '') return only(edit, BLANKS);
    // An empty line alone cannot be suggested, so the next one comes along.
    const next = at < lines.length - 1 ? lines[at] : undefined;
    const emptied = next === undefined ? edit : { ...edit, endLine: at + 1, lines: [...edit.lines, next] };
    return [emptied, { ...edit, lines: [] }].map(each => ({ edit: each, intent: BLANKS }));
  },
};

/** The last line gets its line feed. GitHub shows no difference there, so this is for the command line alone. */
export const endLastLine: Kind = {
  rules: ['yamllint/new-line-at-end-of-file'],
  propose(_, { lines }) {
    const at = lines.length;
    const last = lines[at - 1];
    if (last === undefined || last === '') return [];
    return only({ startLine: at, endLine: at, lines: [splitReturn(last)[0] + returnAt(lines, at), ''] }, BLANKS);
  },
};
