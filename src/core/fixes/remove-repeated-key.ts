import type { Kind } from './kind.ts';

/** Where a key is given twice with the same value, the second one goes, lines and all. */
export const removeRepeatedKey: Kind = {
  rules: ['yaml/duplicate-key'],
  propose({ yamlPath, flagged, location }, { lines, values = [] }) {
    const key = values.find(each => each.is === 'key' && each.yamlPath === yamlPath && each.says === flagged);
    // The values hold the last of them alone; of three, the one in the middle waits until that is gone.
    if (key?.position.line !== location.line || key.position.column !== location.column) return [];
    const before = (lines[location.line - 1] ?? '').slice(0, location.column - 1);
    if (before.trim() !== '') return [];
    const endLine = Math.max(location.line, key.node.position.endLine);
    return [{ edit: { startLine: location.line, endLine, lines: [] }, intent: { changes: 'nothing' } }];
  },
};
