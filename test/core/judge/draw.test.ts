import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawFrom } from '../../../src/core/judge/draw.ts';

describe('choices that nobody can foresee', () => {
  test('are the same for the same key and content, and others otherwise', () => {
    const made = (key: string, content: unknown): unknown => {
      const draw = drawFrom(key, [content]);
      return [draw.hex(16), draw.below(1_000_000), draw.shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9])];
    };
    expect(made('key', 'a')).toEqual(made('key', 'a'));
    expect(made('key', 'a')).not.toEqual(made('other', 'a'));
    expect(made('key', 'a')).not.toEqual(made('key', 'b'));
  });

  test('keep within their limits, and lose nothing in another order', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 50 }), fc.array(fc.string()), (content, limit, list) => {
        const draw = drawFrom('key', [content]);
        for (let turn = 0; turn < 20; turn += 1) expect(draw.below(limit)).toBeLessThan(limit);
        expect(draw.shuffle(list).toSorted()).toEqual(list.toSorted());
        expect(draw.hex(6)).toMatch(/^[0-9a-f]{12}$/);
      }),
      { numRuns: 200 },
    );
  });

  test('come up about equally often', () => {
    const counts = new Map<string, number>();
    for (let content = 0; content < 3_000; content += 1) {
      const order = drawFrom('key', [content]).shuffle(['a', 'b', 'c']).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(100);
  });
});
