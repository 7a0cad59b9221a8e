import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identify, type Concern } from '../../../src/core/finding.ts';
import { withoutValues } from '../../../src/core/screens/without-values.ts';

const value = 'jane.roe@meteo-harbour.net';
const concern = (message: string, more: Partial<Concern> = {}): Concern => ({
  rule: 'schema/type',
  severity: 'error',
  message,
  location: { path: 'knowledge/a/qna.yaml', line: 1, column: 1 },
  yamlPath: '.',
  ...more,
});
const pieces = fc.array(
  fc.constantFrom('ok ', value, value.slice(0, 12), value.slice(5), '…', '😀', 'jane.', value.toUpperCase()),
);

describe('a value that was found is not repeated', () => {
  test('whole or cut short, in the message, the path, the flagged text, labels, evidence and suggestions', () => {
    const [told] = withoutValues(
      [
        concern(`"${value}" is no number; "jane.roe@mete…" neither.`, {
          yamlPath: `.["${value}"]`,
          flagged: value,
          related: [{ label: `like ${value}`, path: 'a', line: 1, sha: 'x' }],
          evidence: [{ field: '.a', quote: value }],
          suggestion: { startLine: 1, endLine: 1, replacement: `a: ${value}` },
        }),
      ],
      [value],
    );
    expect(told).toEqual(
      concern('"[hidden]" is no number; "[hidden]…" neither.', {
        yamlPath: '.["[hidden]"]',
        flagged: '[hidden]',
        related: [{ label: 'like [hidden]', path: 'a', line: 1, sha: 'x' }],
        evidence: [],
      }),
    );
  });

  test('a suggestion without it is kept', () => {
    const suggestion = { startLine: 1, endLine: 1, replacement: 'a: b' };
    expect(withoutValues([concern('a', { suggestion })], [value])[0]?.suggestion).toEqual(suggestion);
  });

  test('nothing of eight characters of it is left, and what is left has a fingerprint', () => {
    fc.assert(
      fc.property(pieces, pieces, (message, flagged) => {
        const [told] = withoutValues([concern(message.join(''), { flagged: flagged.join('') })], [value, '😀😀😀😀😀']);
        const left = `${told?.message}\n${told?.flagged}`;
        for (let at = 0; at + 8 <= value.length; at += 1) expect(left).not.toContain(value.slice(at, at + 8));
        expect(told === undefined ? [] : identify([told])).toHaveLength(1);
      }),
    );
  });

  test('without values nothing changes', () => {
    const concerns = [concern('a')];
    expect(withoutValues(concerns, [])).toBe(concerns);
  });
});
