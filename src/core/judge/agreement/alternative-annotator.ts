import { incompleteBeta } from './incomplete-beta.ts';

/** What people, by name, and the model said of one thing. Not everybody needs to have seen everything. */
export type Annotated<Rating> = { readonly people: ReadonlyMap<string, Rating>; readonly model: Rating };

/** Whether a model may stand in for one of the people. */
export type Alternative = {
  /** Share of the people in whose place the model is not worse by more than epsilon: at least a half is a pass. */
  readonly winningRate: number;
  /** How often the model agrees with the others at least as well as the person left out, averaged over the people. */
  readonly advantage: number;
  readonly isPassed: boolean;
};

/** Fewer things than this, for one person, say nothing (the paper asks for 30). */
const MIN_THINGS = 30;
const FALSE_DISCOVERIES = 0.05;

/**
 * The alternative annotator test (arXiv 2501.10970): each person is left out in turn, and model and person are compared by how
 * well each agrees with the people who are left. A one-sided t-test asks whether the model's advantage falls short by less than
 * `epsilon`, the price of people's time (0.2 for experts, 0.1 for crowds); the false discovery rate over people is held at 0.05 after
 * Benjamini and Yekutieli. Undefined with fewer than two people who saw 30 things together with another.
 */
export function testAlternative<Rating>(
  things: readonly Annotated<Rating>[],
  epsilon: number,
): Alternative | undefined {
  const people = [...new Set(things.flatMap(thing => [...thing.people.keys()]))];
  const trials = people.map(person => compare(person, things)).filter(({ length }) => length >= MIN_THINGS);
  if (trials.length < 2) return undefined;
  const pValues = trials.map(trial => pValueOf(trial, epsilon));
  const winningRate = countRejected(pValues, FALSE_DISCOVERIES) / trials.length;
  const advantages = trials.map(trial => mean(trial.map(({ modelWins }) => modelWins)));
  return { winningRate, advantage: mean(advantages), isPassed: winningRate >= 0.5 };
}

type Comparison = { readonly modelWins: 0 | 1; readonly personWins: 0 | 1 };

function compare<Rating>(person: string, things: readonly Annotated<Rating>[]): readonly Comparison[] {
  return things.flatMap(({ people, model }) => {
    const own = people.get(person);
    if (own === undefined || people.size < 2) return [];
    const others = [...people].filter(([name]) => name !== person).map(([, rating]) => rating);
    const agreeing = (rating: Rating): number => others.filter(other => other === rating).length;
    const [ofModel, ofPerson] = [agreeing(model), agreeing(own)];
    return [{ modelWins: ofModel >= ofPerson ? 1 : 0, personWins: ofPerson >= ofModel ? 1 : 0 }];
  });
}

/** Of the hypothesis that the person beats the model by epsilon or more. Student's t, one-sided. */
function pValueOf(trial: readonly Comparison[], epsilon: number): number {
  const differences = trial.map(({ modelWins, personWins }) => personWins - modelWins);
  const average = mean(differences);
  const variance = differences.reduce((sum, each) => sum + (each - average) ** 2, 0) / (trial.length - 1);
  if (variance === 0) return average < epsilon ? 0 : 1;
  const t = (average - epsilon) / Math.sqrt(variance / trial.length);
  const freedom = trial.length - 1;
  const tail = incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
  return t < 0 ? tail : 1 - tail;
}

/** Benjamini and Yekutieli (2001): valid however the tests hang together. */
function countRejected(pValues: readonly number[], rate: number): number {
  const tests = pValues.length;
  const harmonic = pValues.reduce((sum, _, index) => sum + 1 / (index + 1), 0);
  const sorted = pValues.toSorted((one, other) => one - other);
  return sorted.findLastIndex((p, index) => p <= ((index + 1) / (tests * harmonic)) * rate) + 1;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
