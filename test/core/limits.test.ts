import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byteLength, cutText, fitLines, thousands } from '../../src/core/limits.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', 'e\u0301', '👩‍👩‍👧‍👦', ' '), maxLength: 200 });

describe('length', () => {
  test('is counted as UTF-8 does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        expect(byteLength(text)).toBe(Buffer.byteLength(text));
      }),
    );
  });
});

describe('a cut text', () => {
  test('that fits is not one', () => expect(cutText('é'.repeat(32), 64)).toBe('é'.repeat(32)));

  test('fits, ends where a character ends, and tells what is missing', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 64, max: 400 }), (text, max) => {
        const cut = cutText(text, max);
        expect(byteLength(cut)).toBeLessThanOrEqual(max);
        fc.pre(byteLength(text) > max);
        const [, kept = '', missing = ''] = /^(.*) … \(([\d,]+) more characters\)$/s.exec(cut) ?? [];
        const rest = text.slice(kept.length).replace(/^ +/, '');
        expect(text.startsWith(kept)).toBe(true);
        expect(Number(missing.replaceAll(',', ''))).toBeGreaterThan(0);
        // The longest character here has 25 bytes, the note 48 at most.
        expect(byteLength(kept)).toBeGreaterThan(max - 48 - 25 - 40);
        const segments = [...new Intl.Segmenter('en').segment(text)].map(({ index }) => index);
        expect([...segments, text.length]).toContain(text.length - rest.length);
      }),
    );
  });

  test('of one character with 50,000 accents is not cut inside of it', () =>
    expect(cutText(`e${'\u0301'.repeat(50_000)}`, 100)).toBe(' … (50,001 more characters)'));
});

describe('lines', () => {
  const more = (left: number) => `… and ${left} more`;

  test('that do not fit are counted', () => {
    expect(fitLines(['a', 'b', 'c'], 3, { maxBytes: 100 }, more)).toBe('a\nb\nc');
    expect(fitLines(['a', 'b', 'c'], 3, { maxBytes: 100, maxLines: 2 }, more)).toBe('a\nb\n… and 1 more');
    expect(fitLines(['a', 'b', 'c'], 3, { maxBytes: 100, maxLines: 3 }, more)).toBe('a\nb\nc');
    expect(fitLines(['a'.repeat(90), 'b'.repeat(90)], 2, { maxBytes: 120 }, more)).toBe(
      `${'a'.repeat(90)}\n… and 1 more`,
    );
  });

  test('never take more room than there is', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), fc.integer({ min: 40, max: 600 }), (lines, maxBytes) => {
        expect(byteLength(fitLines(lines, lines.length, { maxBytes }, more))).toBeLessThanOrEqual(maxBytes);
      }),
    );
  });
});

test('thousands are set apart', () =>
  expect([0, 999, 1_000, 1_234_567].map(thousands)).toEqual(['0', '999', '1,000', '1,234,567']));
