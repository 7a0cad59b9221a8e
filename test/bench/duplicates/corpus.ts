import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ExampleText } from '../../../src/core/duplicates/near-example.ts';
import { foldText } from '../../../src/core/duplicates/fold.ts';
import { parseQna } from '../../../src/core/parse/qna.ts';
import { readRecording } from '../../../src/recorded/recording.ts';

/** A text to look for, and the one that it was made of or is a rewording of. */
export type Query = { readonly asked: ExampleText; readonly partner: ExampleText };

/** Examples of recorded pull requests and as many more as are wanted, made of halves of them: the words are real, the mix is new. */
export type Corpus = {
  readonly example: (index: number) => ExampleText;
  /** Copies of the first `size` examples with some words changed: ROUGE-L from .7 to below 1 in one field, all else is new. */
  readonly copies: (field: 'question' | 'context' | 'answer', size: number, count: number) => readonly Query[];
};

/** Reads the recording. Equal seeds give equal texts. */
export async function readCorpus(recorded: string): Promise<Corpus> {
  const { pullRequests, blobOf } = await readRecording(recorded);
  const real = new Map<string, ExampleText>();
  for (const { files } of pullRequests)
    for (const { path, sha256 } of files) {
      const bytes = blobOf(sha256 ?? '')?.bytes;
      for (const { question, answer, context } of (bytes && parseQna(path, '', bytes).leaf?.examples) ?? []) {
        const text = { question: question.value, answer: answer.value, ...(context && { context: context.value }) };
        real.set(JSON.stringify(text), text);
      }
    }
  const all = [...real.values()];
  const words = all.flatMap(({ question }) => question.split(/\s+/));

  const example = (index: number): ExampleText => {
    const known = all[index];
    if (known !== undefined) return known;
    const random = randomFrom(index);
    const [a, b] = [pick(all, random), pick(all, random)];
    return {
      question: halves(a.question, b.question),
      answer: halves(a.answer, b.answer),
      ...(a.context !== undefined && { context: halves(a.context, b.context ?? b.answer) }),
    };
  };
  return {
    example,
    copies(field, size, count) {
      const random = randomFrom(size);
      const queries: Query[] = [];
      while (queries.length < count) {
        const partner = example(Math.floor(random() * size));
        const text = partner[field];
        if (text === undefined || wordsIn(text).length < 3) continue;
        const copy = change(text, words, random);
        const likeness = rougeL(text, copy);
        if (likeness < 0.7 || likeness === 1) continue;
        const fresh = { question: shuffled(words, random), answer: shuffled(words, random) };
        const asked =
          field === 'context' ? { question: change(partner.question, words, random), answer: fresh.answer } : fresh;
        queries.push({ asked: { ...asked, [field]: copy }, partner });
      }
      return queries;
    },
  };
}

/** Sentences of STS-benchmark that people called equal in meaning (4 or 5 of 5), the second indexed and the first asked. */
export function readRewordings(folder: string): readonly Query[] {
  const rows = ['dev', 'test'].flatMap(part =>
    cellsOf(gunzipSync(readFileSync(join(folder, `stsb-en-${part}.csv.gz`))).toString('utf8')),
  );
  return rows
    .filter(([, , score]) => Number(score) >= 4)
    .map(([one = '', other = '']) => ({
      asked: { question: one, answer: '' },
      partner: { question: other, answer: '' },
    }));
}

/** Pairs of examples that were labelled as reworded by reading. */
export const readLabelled = (file: string): readonly Query[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line): { a: ExampleText; b: ExampleText; label: string } => JSON.parse(line))
    .filter(({ label }) => label === 'reworded')
    .map(({ a, b }) => ({
      asked: { question: a.question, answer: a.answer },
      partner: { question: b.question, answer: b.answer },
    }));

/** ROUGE-L of two texts by their folded words: the F-measure of their longest common subsequence. 0 to 1. */
export function rougeL(one: string, other: string): number {
  const [a, b] = [wordsIn(one), wordsIn(other)];
  let row = new Uint16Array(b.length + 1);
  for (const word of a) {
    const next = new Uint16Array(b.length + 1);
    for (const [at, candidate] of b.entries())
      next[at + 1] = word === candidate ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0);
    row = next;
  }
  return a.length + b.length === 0 ? 0 : (2 * (row[b.length] ?? 0)) / (a.length + b.length);
}

const wordsIn = (text: string): readonly string[] =>
  foldText(text)
    .match(/[\p{L}\p{N}]+/gu)
    ?.slice(0, 400) ?? [];

const halves = (a: string, b: string): string => {
  const [first, second] = [a.split(' '), b.split(' ')];
  return [...first.slice(0, Math.ceil(first.length / 2)), ...second.slice(Math.floor(second.length / 2))].join(' ');
};

/** Some words replaced, taken out or put in: up to a quarter of them. */
function change(text: string, words: readonly string[], random: () => number): string {
  const changed = text.split(' ');
  const changes = 1 + Math.floor((random() * changed.length) / 4);
  for (let count = 0; count < changes; count++) {
    const at = Math.floor(random() * changed.length);
    const kind = random();
    changed.splice(at, kind < 0.7 ? 1 : 0, ...(kind < 0.35 || kind >= 0.7 ? [pick(words, random)] : []));
  }
  return changed.join(' ');
}

const shuffled = (words: readonly string[], random: () => number): string =>
  Array.from({ length: 10 }, () => pick(words, random)).join(' ');

function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}

/** Mulberry32: the same numbers for the same seed, from 0 to 1. */
function randomFrom(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Cells of a CSV file with quotes. */
function cellsOf(csv: string): readonly (readonly string[])[] {
  const cell = /(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n|$)/gy;
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [whole, quoted, plain = '', end] of csv.matchAll(cell)) {
    if (whole === '') break;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
