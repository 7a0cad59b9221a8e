import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { featuresOf } from '../../src/core/duplicates/features.ts';
import { comparableMaker } from '../../src/core/duplicates/comparable.ts';
import { averagePrecision } from './logistic.ts';

/** How well questions alone are ranked, on sentences that people scored from 0 to 5. Nothing where they are not at hand. */
export function measureSentences(
  folder: string,
): readonly { readonly name: string; readonly pairs: number; readonly precision: number }[] {
  const { ofText } = comparableMaker();
  return ['dev', 'test'].flatMap(part => {
    const path = join(folder, `stsb-en-${part}.csv.gz`);
    if (!existsSync(path)) return [];
    const rows = rowsOf(gunzipSync(readFileSync(path)).toString('utf8'));
    const ranked = rows.map(([one = '', other = '', score = '']) => ({
      score: featuresOf(ofText({ question: one, answer: '' }).profile, ofText({ question: other, answer: '' }).profile)
        .asked,
      isPositive: Number(score) >= 4,
    }));
    return [{ name: `STS-benchmark ${part}`, pairs: rows.length, precision: averagePrecision(ranked) }];
  });
}

/** Comma-separated values with double quotes (RFC 4180). */
function rowsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') rows.push([]);
    if (end === '') break;
  }
  return rows.filter(row => row.length === 3);
}
