import { nearestSigns } from '../../src/core/duplicates/meaning.ts';
import { ms, quantile } from './figures.ts';
import type { Figure } from './figures.ts';

const VECTORS = 100_000;
const LOOKUPS = 50;

/** How long the scan of signs takes that comes before the exact look: the part that grows with the taxonomy. */
export const measureMeaning = (): readonly Figure[] =>
  [512, 1_536].map(length => {
    const width = length / 32;
    const all = Int32Array.from({ length: VECTORS * width }, () => Math.floor(Math.random() * 2 ** 32));
    const times = Array.from({ length: LOOKUPS }, (_, position) => {
      const asked = all.slice(position * width, (position + 1) * width);
      const before = performance.now();
      nearestSigns(asked, all, 50);
      return performance.now() - before;
    });
    return {
      what: `nearest by meaning among ${VECTORS.toLocaleString('en')} vectors of ${length.toLocaleString('en')} numbers: p50, p95`,
      value: `${ms(quantile(times, 0.5))}, ${ms(quantile(times, 0.95))}`,
    };
  });
