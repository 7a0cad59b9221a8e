import { align, rougeL } from '../../src/core/duplicates/align.ts';
import { comparableMaker } from '../../src/core/duplicates/comparable.ts';
import { featuresOf } from '../../src/core/duplicates/features.ts';
import { comparePair } from '../../src/core/duplicates/pair-verdict.ts';
import type { PairVerdict } from '../../src/core/duplicates/pair-verdict.ts';
import { cosine } from '../../src/core/duplicates/similarity.ts';
import type { ExamplePair } from './labelled.ts';
import { averagePrecision, fit, probability } from './logistic.ts';
import type { Case } from './logistic.ts';

/** A labelled pair with all that is said of it. */
export type MeasuredPair = Case & {
  readonly pair: ExamplePair;
  readonly verdict: PairVerdict['type'] | 'none';
  /** Of the model that was fitted without the pull requests of this pair. */
  readonly score: number;
  readonly rouge: number;
  readonly cosine: number;
  readonly answer: number;
};

/** Labels under which a person should see the pair. */
const isSame = ({ label }: ExamplePair): boolean =>
  label === 'same' || label === 'same-question-other-answer' || label === 'reworded';

/** Compares every pair, and scores it by a model that has seen nothing of its two pull requests. */
export function measurePairs(pairs: readonly ExamplePair[]): readonly MeasuredPair[] {
  const { ofSeed } = comparableMaker();
  const compared = pairs.map(pair => {
    const [a, b] = [ofSeed(pair.a), ofSeed(pair.b)];
    const { asked, said } = featuresOf(a.profile, b.profile);
    const [one, other] = [a.profile.question, b.profile.question];
    return {
      pair,
      features: [1, asked, said],
      isPositive: isSame(pair),
      verdict: comparePair(a, b)?.type ?? ('none' as const),
      rouge: rougeL(align(one.words, other.words), one.words, other.words),
      cosine: cosine(one.pieces, other.pieces),
      answer: cosine(a.profile.answer.pieces, b.profile.answer.pieces),
    };
  });
  return compared.map(each => {
    const own = new Set(each.pair.pullRequests);
    const others = compared.filter(({ pair }) => !pair.pullRequests.some(number => own.has(number)));
    return { ...each, score: probability(fit(others), each.features) };
  });
}

/** How well a way of deciding does. */
export type Quality = { readonly hits: number; readonly called: number; readonly positives: number };

export const qualityOf = (pairs: readonly MeasuredPair[], isCalled: (pair: MeasuredPair) => boolean): Quality => {
  const called = pairs.filter(isCalled);
  return {
    hits: called.filter(({ isPositive }) => isPositive).length,
    called: called.length,
    positives: pairs.filter(({ isPositive }) => isPositive).length,
  };
};

/** Average precision of the cross-validated model, and of single measures. */
export const rankings = (pairs: readonly MeasuredPair[]): readonly (readonly [string, number])[] => {
  const by = (score: (pair: MeasuredPair) => number): number =>
    averagePrecision(pairs.map(pair => ({ score: score(pair), isPositive: pair.isPositive })));
  return [
    ['the model, cross-validated', by(({ score }) => score)],
    ['cosine of the questions', by(pair => pair.cosine)],
    ['cosine of the answers', by(pair => pair.answer)],
    ['ROUGE-L of the questions', by(({ rouge }) => rouge)],
  ];
};
