import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { testAlternative } from '../../../../src/core/judge/agreement/alternative-annotator.ts';
import { agreement, kappa, linear, quadratic, weightedKappa } from '../../../../src/core/judge/agreement/kappa.ts';
import type { RatingPair } from '../../../../src/core/judge/agreement/kappa.ts';

const folder = new URL('../../../../../shared/judge-data/', import.meta.url);
const hasData = existsSync(folder);
const why = hasData ? '' : ' (skipped: the data is not here)';

const read = (name: string): string => gunzipSync(readFileSync(new URL(name, folder))).toString();
const lines = (name: string): readonly unknown[] =>
  read(name)
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

/** How far a value is from the published or recomputed one; Infinity where there is none. */
const distance = (value: number | undefined, expected: number): number => Math.abs((value ?? Infinity) - expected);

const TOLERANCE = 0.002;

describe.skipIf(!hasData)(`PandaLM's three annotators and a model${why}`, () => {
  type Row = {
    readonly idx: number;
    readonly annotator1: number;
    readonly annotator2: number;
    readonly annotator3: number;
  };
  const people = hasData ? (JSON.parse(read('pandalm-testset-v1.json.gz')) as readonly Row[]) : [];
  const model = new Map(
    hasData
      ? (
          JSON.parse(read('pandalm-gpt-3.5-turbo-testset-v1.json.gz')) as readonly { idx: number; gpt_result: string }[]
        ).map(({ idx, gpt_result }) => [idx, gpt_result])
      : [],
  );
  const of = (row: Row): readonly string[] => [row.annotator1, row.annotator2, row.annotator3].map(String);
  const majority = (row: Row): string => of(row).find((each, at) => of(row).indexOf(each) !== at) ?? 'none';

  test.each([
    [0, 1, 0.852],
    [0, 2, 0.879],
    [1, 2, 0.862],
  ])('people %i and %i agree to kappa %d', (one, other, expected) => {
    expect(distance(kappa(people.map(row => [of(row)[one], of(row)[other]])), expected)).toBeLessThan(TOLERANCE);
  });

  test('gpt-3.5 agrees with the majority in 69.3 %, kappa 0.47, and may not stand in for a person', () => {
    const pairs = people.map(row => [model.get(row.idx), majority(row)] as const);
    expect(distance(agreement(pairs), 0.6927)).toBeLessThan(TOLERANCE);
    expect(distance(kappa(pairs), 0.4705)).toBeLessThan(TOLERANCE);
    const things = people.map(row => ({
      people: new Map(of(row).map((rating, at) => [`annotator${at}`, rating])),
      model: model.get(row.idx) ?? '',
    }));
    const alternative = testAlternative(things, 0.2);
    expect(distance(alternative?.advantage, 0.7347)).toBeLessThan(TOLERANCE);
    expect(alternative).toMatchObject({ winningRate: 0, isPassed: false });
    // A person may: their own answers, as if a model had given them.
    expect(
      testAlternative(
        things.map(thing => ({ ...thing, model: thing.people.get('annotator1') ?? '' })),
        0.1,
      ),
    ).toMatchObject({
      winningRate: 1,
    });
  });
});

describe.skipIf(!hasData)(`LLMBar's recorded votes${why}`, () => {
  type Row = {
    readonly set: string;
    readonly label: number;
    readonly votes: Readonly<Record<string, readonly (string | null)[]>>;
  };
  const rows = hasData ? (lines('llmbar_votes.jsonl.gz') as readonly Row[]) : [];
  const setOf = (name: string) => rows.filter(({ set }) => (set === 'Natural') === (name === 'Natural'));
  const votesFor = (row: Row, prompts: readonly string[]) => prompts.flatMap(prompt => row.votes[prompt] ?? []);
  const right = (row: Row, prompts: readonly string[]): RatingPair<unknown>[] =>
    votesFor(row, prompts).map(vote => [vote, String(row.label)]);

  test.each([
    ['Natural', 'Vanilla_NoRules', 0.935, 0.97, 0.948],
    ['Natural', 'Vanilla', 0.955, 0.95, 0.979],
    ['Natural', 'Metrics_Reference', 0.96, 0.96, 0.979],
    ['Natural', 'Rating_Metrics_Reference', 0.94, 0.92, 0.978],
    ['Natural', 'Rating_NoRules', 0.9, 0.88, 0.955],
    ['Adversarial', 'Vanilla_NoRules', 0.712, 0.893, 0.737],
    ['Adversarial', 'Vanilla', 0.81, 0.922, 0.837],
    ['Adversarial', 'Metrics_Reference', 0.845, 0.903, 0.882],
    ['Adversarial', 'Rating_Metrics_Reference', 0.839, 0.89, 0.88],
    ['Adversarial', 'Rating_NoRules', 0.724, 0.755, 0.797],
  ])(
    '%s, GPT-4 by %s: right in %d; same when swapped in %d, then right in %d',
    (set, prompt, share, same, thenRight) => {
      const key = [`GPT-4/${prompt}`];
      expect(distance(agreement(setOf(set).flatMap(row => right(row, key))), share)).toBeLessThan(TOLERANCE);
      expect(
        distance(agreement(setOf(set).map(row => [row.votes[key[0] ?? '']?.[0], row.votes[key[0] ?? '']?.[1]])), same),
      ).toBeLessThan(TOLERANCE);
      const steady = setOf(set).filter(row => new Set(votesFor(row, key)).size === 1);
      expect(distance(agreement(steady.flatMap(row => right(row, key))), thenRight)).toBeLessThan(TOLERANCE);
    },
  );

  test.each([
    ['Natural', 0.86, 1],
    ['Adversarial', 0.73, 0.906],
  ])('%s: five prompts in both orders are of one mind on %d and then right in %d', (set, coverage, share) => {
    const prompts = ['CoT', 'Metrics', 'Metrics_Reference', 'Reference', 'Vanilla'].map(prompt => `GPT-4/${prompt}`);
    const steady = setOf(set).filter(row => new Set(votesFor(row, prompts)).size === 1);
    expect(distance(steady.length / setOf(set).length, coverage)).toBeLessThan(TOLERANCE);
    expect(distance(agreement(steady.flatMap(row => right(row, prompts))), share)).toBeLessThan(TOLERANCE);
  });

  test('a panel of weak judges is no sign of trust: unanimous, it is right in 62.5 %', () => {
    const panel = ['GPT-4', 'ChatGPT', 'PaLM2', 'LLaMA2'].map(judge => `${judge}/Metrics_Reference`);
    const steady = setOf('Adversarial').filter(row => new Set(votesFor(row, panel)).size === 1);
    expect(steady).toHaveLength(32);
    expect(distance(agreement(steady.flatMap(row => right(row, panel))), 0.625)).toBeLessThan(TOLERANCE);
  });
});

describe.skipIf(!hasData)(`a model that grades the same thing three times${why}`, () => {
  type Row = { readonly set: string; readonly scores: readonly [number, number, number] };
  const rows = hasData ? (lines('gpt4_retest_scores.jsonl.gz') as readonly Row[]) : [];
  const setOf = (name: string) => rows.filter(({ set }) => set === name).map(({ scores }) => scores);
  const repeats = (name: string): RatingPair<number>[] =>
    setOf(name).flatMap(
      ([a, b, c]) =>
        [
          [a, b],
          [a, c],
          [b, c],
        ] as RatingPair<number>[],
    );

  test.each([
    ['mt_bench_eval', 0.611],
    ['vicuna_eval', 0.746],
  ])('agrees with itself on %s in %d', (set, share) => {
    expect(distance(agreement(repeats(set)), share)).toBeLessThan(TOLERANCE);
  });

  test.each([
    ['mt_bench_eval', 0.4733, 0.8354, 0.6867],
    ['vicuna_eval', 0.5473, 0.7985, 0.6626],
  ])('%s: kappa %d, quadratic %d, linear %d', (set, plain, squared, straight) => {
    const pairs = setOf(set).map(([first, second]) => [first, second] as const);
    expect(distance(kappa(pairs), plain)).toBeLessThan(TOLERANCE);
    expect(distance(weightedKappa(pairs, quadratic), squared)).toBeLessThan(TOLERANCE);
    expect(distance(weightedKappa(pairs, linear), straight)).toBeLessThan(TOLERANCE);
  });

  test.each([
    ['mt_bench_eval', [0.106, 0.119, 0.147, 0.269]],
    ['vicuna_eval', [0.006, 0.041, 0.072, 0.269]],
  ])('%s: as yes or no at each cut it changes its mind in %j', (set, shares) => {
    for (const [index, share] of shares.entries()) {
      const flips = setOf(set).filter(scores => new Set(scores.map(score => score >= index + 2)).size === 2);
      expect(distance(flips.length / setOf(set).length, share)).toBeLessThan(TOLERANCE);
    }
  });
});
