import { possibleModel } from '../../src/core/duplicates/pair-verdict.ts';
import { noises, seeds, swappedPairs } from '../../test/core/duplicates/swapped-and-noisy.ts';
import { comparableMaker } from '../../src/core/duplicates/comparable.ts';
import { comparePair } from '../../src/core/duplicates/pair-verdict.ts';
import type { Alarms } from './accepted.ts';
import type { PairOutcome } from './contribution-pairs.ts';
import { qualityOf, rankings } from './example-pairs.ts';
import type { MeasuredPair } from './example-pairs.ts';
import { share } from './interval.ts';
import { fit } from './logistic.ts';

/** All that was measured. */
export type Measured = {
  readonly part: string;
  readonly pairs: readonly MeasuredPair[];
  readonly lostPairs: number;
  readonly outcomes: readonly PairOutcome[];
  readonly alarms: Alarms;
  readonly similarity: readonly { readonly name: string; readonly pairs: number; readonly precision: number }[];
};

/** What must hold, and whether it does. */
export type Goal = { readonly what: string; readonly found: string; readonly isMet: boolean };

export function goalsOf({ pairs, outcomes, alarms }: Measured): readonly Goal[] {
  const of = (label: 'yes' | 'partial' | 'no') => outcomes.filter(({ pair }) => pair.duplicate === label);
  const named = of('yes').filter(({ isNamed }) => isNamed).length;
  const questioned = of('no').filter(({ isQuestioned }) => isQuestioned).length;
  const inYes = sum([...of('yes'), ...of('partial')].map(({ duplicates }) => duplicates));
  const inNo = sum(of('no').map(({ duplicates }) => duplicates));
  const called = pairs.filter(({ verdict }) => verdict === 'duplicate');
  const swapped = swappedPairs.filter(([a, b]) => verdictOf(a, b) === 'duplicate').length;
  const noisy = Object.values(noises).flatMap(noise =>
    seeds.map(({ question, answer }) =>
      verdictOf({ question, answer }, { question: noise(question), answer: noise(answer) }),
    ),
  );
  const found = noisy.filter(verdict => verdict === 'duplicate' || verdict === 'possible-duplicate').length;
  const hits = called.filter(({ isPositive }) => isPositive).length + inYes;
  const all = called.length + inYes + inNo;
  return [
    {
      what: 'contribution pairs labelled `yes` that are named: 30 of 33 or more',
      found: share(named, of('yes').length),
      isMet: named >= Math.ceil((of('yes').length * 30) / 33),
    },
    {
      what: 'contribution pairs labelled `no` that are questioned, by any rule: 2 of 76 or fewer',
      found: share(questioned, of('no').length),
      isMet: questioned <= Math.floor((of('no').length * 2) / 76),
    },
    {
      what: 'precision of `duplicate` on real files: 0.98 or more (labelled example pairs, and examples of labelled contribution pairs)',
      found: share(hits, all),
      isMet: hits >= 0.98 * all,
    },
    {
      what: 'accepted leaves called a duplicate of another: none',
      found: share(alarms.duplicate, alarms.leaves),
      isMet: alarms.duplicate === 0,
    },
    {
      what: 'examples with two entities, numbers or roles exchanged that are called `duplicate`: none of 200',
      found: share(swapped, swappedPairs.length),
      isMet: swapped === 0,
    },
    {
      what: `examples written differently (${Object.keys(noises).length} kinds of noise, 200 seeds each) that are found as possible or better: all`,
      found: share(found, noisy.length),
      isMet: found === noisy.length,
    },
  ];
}

const { ofText } = comparableMaker();
const verdictOf = (a: Parameters<typeof ofText>[0], b: Parameters<typeof ofText>[0]): string | undefined =>
  comparePair(ofText(a), ofText(b))?.type;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The page docs/duplicates-measured.md. */
export function renderPage(measured: Measured): string {
  const { part, pairs, lostPairs, outcomes, alarms, similarity } = measured;
  const goals = goalsOf(measured);
  const [bias = 0, asked = 0, said = 0] = fit(pairs);
  const shipped = [possibleModel.bias, possibleModel.asked, possibleModel.said].map(value => value.toFixed(2));
  const fitted = [bias, asked, said].map(value => value.toFixed(2));
  const labels = ['same', 'same-question-other-answer', 'reworded', 'same-topic', 'unrelated'] as const;
  const verdicts = ['duplicate', 'possible-duplicate', 'template-sibling', 'none'] as const;
  const ways = [
    ['`duplicate` (equal question and context)', ({ verdict }: MeasuredPair) => verdict === 'duplicate'],
    [
      '`possible-duplicate` or better, as shipped (fitted to these pairs)',
      ({ verdict }: MeasuredPair) => verdict === 'duplicate' || verdict === 'possible-duplicate',
    ],
    ['the model alone, cross-validated', ({ score }: MeasuredPair) => score >= 0.5],
    ['rule: ROUGE-L of the questions ≥ 0.7', ({ rouge }: MeasuredPair) => rouge >= 0.7],
    ['rule: cosine of the questions ≥ 0.85', ({ cosine }: MeasuredPair) => cosine >= 0.85],
    [
      'rule: cosine of questions and of answers ≥ 0.7',
      ({ cosine, answer }: MeasuredPair) => cosine >= 0.7 && answer >= 0.7,
    ],
  ] as const;
  return `# Duplicates, measured

Made by \`npm run eval:duplicates\`, which reads the recorded pull requests beside this repository. Intervals are 95 % (Wilson).

## What must hold

| Goal | Found | |
| --- | --- | --- |
${goals.map(({ what, found, isMet }) => `| ${what} | ${found} | ${isMet ? 'met' : '**missed**'} |`).join('\n')}

## Which part was used for what

- **${part}** (pull requests whose number ends so that N % 5 is 0, 1 or 2): the model's three numbers were fitted to its ${pairs.length} example pairs${lostPairs > 0 ? ` (${lostPairs} more are labelled, whose example our reader does not find at the place given)` : ''}. The features, the power of four and the thresholds (3 matches, half of the smaller leaf, names one letter apart) were chosen with its example and contribution pairs in view. So every figure on them is kinder than on new pull requests, but for those marked cross-validated.
- **The accepted release**: false alarms. That an answer out of a shared context counts for nothing was decided because of alarms in it.
- **The other part** (N % 5 is 3 or 4): used for nothing.
- **STS-benchmark**: nothing was fitted to it; it only compares rankings.
- **Exchanged and noisy examples**: our own, in \`test/core/duplicates/swapped-and-noisy.ts\`.

## Pairs of examples

| Label | ${verdicts.map(verdict => (verdict === 'none' ? 'nothing' : `\`${verdict}\``)).join(' | ')} |
| --- | ${verdicts.map(() => '---:').join(' | ')} |
${labels.map(label => `| ${label} | ${verdicts.map(verdict => pairs.filter(each => each.pair.label === label && each.verdict === verdict).length).join(' | ')} |`).join('\n')}

A pair counts as rightly called if its label is one of the first three.

| Way of deciding | Precision | Recall |
| --- | --- | --- |
${ways
  .map(([name, isCalled]) => {
    const { hits, called, positives } = qualityOf(pairs, isCalled);
    return `| ${name} | ${share(hits, called)} | ${share(hits, positives)} |`;
  })
  .join('\n')}

Cross-validated: each pair is scored by a model that was fitted without any pair of either of its two pull requests.

| Ranking | Average precision |
| --- | ---: |
${rankings(pairs)
  .map(([name, precision]) => `| ${name} | ${precision.toFixed(3)} |`)
  .join('\n')}
${similarity.map(({ name, pairs: count, precision }) => `| ${name} (${count} sentence pairs, duplicate from 4 of 5 on; questions only) | ${precision.toFixed(3)} |`).join('\n')}

The model as shipped: bias ${shipped[0]}, asked ${shipped[1]}, said ${shipped[2]}. Fitted again to these pairs: ${fitted.join(', ')}.

## Pairs of contributions

The later of the two is reviewed with the earlier one as the only other open pull request, by the rules as they run in a review. *Named*: one finding says that the leaf as a whole is about the topic of the other. *Asked*: any question about the leaf or one of its examples.

| Label | Pairs | Named | Asked |
| --- | ---: | --- | --- |
${(['yes', 'partial', 'no'] as const)
  .map(label => {
    const of = outcomes.filter(({ pair }) => pair.duplicate === label);
    const count = (is: (outcome: PairOutcome) => boolean): string => share(of.filter(is).length, of.length);
    return `| ${label} | ${of.length} | ${count(({ isNamed }) => isNamed)} | ${count(({ isQuestioned }) => isQuestioned)} |`;
  })
  .join('\n')}

Not named, though labelled \`yes\`:

${listOf(outcomes.filter(({ pair, isNamed }) => pair.duplicate === 'yes' && !isNamed))}

Asked, though labelled \`no\`:

${listOf(outcomes.filter(({ pair, isQuestioned }) => pair.duplicate === 'no' && isQuestioned))}

## False alarms on what people accepted

Each of the ${alarms.leaves} leaves (${alarms.examples} examples) against all the others, as if it came last.

| What would be said | Leaves |
| --- | --- |
| \`duplicate\` of an example elsewhere | ${share(alarms.duplicate, alarms.leaves)} |
| \`possible-duplicate\` of one (a question) | ${share(alarms.possible, alarms.leaves)} |
| same topic (a question) | ${share(alarms.topic, alarms.leaves)} |
| four or more template siblings in one other leaf (at most a note) | ${share(alarms.template, alarms.leaves)} |
| low diversity inside the leaf (a note) | ${share(alarms.lowDiversity, alarms.leaves)} |
`;
}

const listOf = (outcomes: readonly PairOutcome[]): string =>
  outcomes.length === 0
    ? '- none'
    : outcomes.map(({ pair: { a, b } }) => `- #${a.pr} \`${a.path}\` and #${b.pr} \`${b.path}\``).join('\n');
