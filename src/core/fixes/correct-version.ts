import { HIGHEST_VERSION } from '../parse/schema.ts';
import { replaceAt } from './edit.ts';
import { returnAt } from './blanks.ts';
import { only, type Kind } from './kind.ts';

const intent = { changes: 'version', version: HIGHEST_VERSION } as const;

/** `version: 2` or `version: "3"` becomes `version: 3`, where nothing else keeps the file from fitting it. */
export const correctVersion: Kind = {
  rules: ['schema/version', 'schema/deprecated-version'],
  propose(_, { lines, values = [] }) {
    const value = values.find(({ is, yamlPath }) => is === 'value' && yamlPath === '.version');
    if (value?.node.kind !== 'scalar') return [];
    const { text } = value.node;
    const number = String(HIGHEST_VERSION);
    const key = values.find(({ is, yamlPath }) => is === 'key' && yamlPath === '.version');
    const edit =
      text === '' && key
        ? replaceAt(lines, key.position, 'version:', `version: ${number}`)
        : (replaceAt(lines, value.position, text, number) ??
          replaceAt(lines, value.position, `"${text}"`, number) ??
          replaceAt(lines, value.position, `'${text}'`, number));
    return only(edit, intent);
  },
};

/** A file that fits the newest version but names none gets the line before its first key. */
export const addVersion: Kind = {
  rules: ['schema/required'],
  propose({ yamlPath, flagged }, { lines, values = [] }) {
    if (yamlPath !== '.' || flagged !== 'version') return [];
    const first = values.find(({ is }) => is === 'key');
    const line = lines[(first?.position.line ?? 0) - 1];
    if (first === undefined || line === undefined) return [];
    const indent = line.slice(0, first.position.column - 1);
    if (indent.trim() !== '') return [];
    const { line: at } = first.position;
    const added = `${indent}version: ${HIGHEST_VERSION}${returnAt(lines, at)}`;
    return only({ startLine: at, endLine: at, lines: [added, line] }, intent);
  },
};
