import { testAlternative } from './agreement/alternative-annotator.ts';
import type { Alternative } from './agreement/alternative-annotator.ts';
import { lowerBound, trialsNeeded } from './agreement/binomial.ts';
import { calibrationError } from './agreement/calibration.ts';
import { agreement, kappa } from './agreement/kappa.ts';
import type { RatingPair } from './agreement/kappa.ts';
import { levels } from './certification.ts';
import type { Certification, Confirmed, Level } from './certification.ts';
import type { Label, LabelVerdict } from './labels.ts';

/** What labels say about one criterion. */
export type Measured = Confirmed & {
  readonly criterion: string;
  readonly labels: number;
  /** Labels to which the judge could not tell. */
  readonly abstained: number;
  /** Lower 95 % bound of how often a no of the judge is right. */
  readonly bound: number;
  /** The most demanding level that the bound reaches. */
  readonly level: Level | undefined;
  /** Judge against the majority of the triagers. */
  readonly kappa: number | undefined;
  /** The mean over pairs of triagers: as well as people agree with each other. */
  readonly humanKappa: number | undefined;
  readonly alternative: Alternative | undefined;
  readonly calibration: number | undefined;
  readonly repeats: number;
  readonly repeatAgreement: number | undefined;
  /** Why it may not block, in sentences; empty when it may. */
  readonly obstacles: readonly string[];
};

/** The gates of a release, from the evidence on judges in docs/certification.md. */
const MIN_KAPPA = 0.6;
const KAPPA_BELOW_PEOPLE = 0.05;
const EPSILON = 0.15;
const MAX_CALIBRATION_ERROR = 0.1;
const MIN_REPEAT_AGREEMENT = 0.9;
const MIN_REPEATS = 20;

/** Two people who saw fewer examples together tell nothing about how well people agree. */
const MIN_SHARED = 20;

/** Measures each criterion by its labels, in the order in which they first appear. Pure and without chance. */
export const measure = (labels: readonly Label[]): readonly Measured[] =>
  [...Map.groupBy(labels, ({ criterion }) => criterion)].map(([criterion, own]) => measureCriterion(criterion, own));

/** What the policy is to hold: those that may block, with the counts that show it. Undefined when there are none. */
export function certificationOf(
  measured: readonly Measured[],
  judgedBy: Pick<Certification, 'rubric' | 'model'>,
): Certification | undefined {
  const passed = measured.filter(({ obstacles }) => obstacles.length === 0);
  if (passed.length === 0) return undefined;
  const criteria = passed.map(({ criterion, asserted, confirmed }) => [criterion, { asserted, confirmed }] as const);
  return { rubric: judgedBy.rubric, model: judgedBy.model, criteria: Object.fromEntries(criteria) };
}

function measureCriterion(criterion: string, labels: readonly Label[]): Measured {
  const said = labels.filter(({ judge }) => judge !== 'cannot_tell');
  const asserted = said.filter(({ judge }) => judge === 'no');
  // Where people are not of one mind, a no was not right: nobody is to be blocked by it.
  const confirmed = asserted.filter(label => majorityOf(label) === 'no').length;
  const bound = lowerBound(confirmed, asserted.length);
  const level = levels.findLast(each => bound >= each);
  const repeats = labels.flatMap(({ judge, again }) => again.map((verdict): RatingPair<string> => [judge, verdict]));
  const measured = {
    criterion,
    labels: labels.length,
    abstained: labels.length - said.length,
    asserted: asserted.length,
    confirmed,
    bound,
    level,
    kappa: kappa(said.flatMap(pairWithMajority)),
    humanKappa: humanKappa(labels),
    alternative: testAlternative(
      said.map(({ triagers, judge }) => ({ people: new Map(Object.entries(triagers)), model: judge })),
      EPSILON,
    ),
    calibration: calibrationError(
      said.flatMap(label =>
        label.confidence === undefined
          ? []
          : [{ confidence: label.confidence, isRight: majorityOf(label) === label.judge }],
      ),
    ),
    repeats: repeats.length,
    repeatAgreement: agreement(repeats),
  };
  return { ...measured, obstacles: obstaclesOf(measured) };
}

function obstaclesOf(measured: Omit<Measured, 'obstacles'>): readonly string[] {
  const { asserted, confirmed, level, calibration, repeats, repeatAgreement } = measured;
  const obstacles: string[] = [];
  if (level === undefined) {
    const misses = asserted - confirmed;
    const needed = trialsNeeded(levels[0], misses);
    obstacles.push(
      `Its no was confirmed in ${confirmed} of ${asserted} cases, which shows ${percent(measured.bound)} at least. With ${misses} wrong, ${needed} cases are needed for ${percent(levels[0])}.`,
    );
  }
  if (!agreesAsPeopleDo(measured)) {
    obstacles.push(
      `It agrees with triagers to kappa ${shown(measured.kappa)}${measured.humanKappa === undefined ? '' : `, people among themselves to ${shown(measured.humanKappa)}`}. Needed are ${MIN_KAPPA} and no more than ${KAPPA_BELOW_PEOPLE} below people, or a pass of the alternative annotator test.`,
    );
  }
  if (calibration !== undefined && calibration > MAX_CALIBRATION_ERROR) {
    obstacles.push(
      `Its confidence is off by ${percent(calibration)} on average; ${percent(MAX_CALIBRATION_ERROR)} is the most.`,
    );
  }
  if (repeats < MIN_REPEATS) {
    obstacles.push(`It was asked again ${repeats} times; ${MIN_REPEATS} are needed to know whether it says the same.`);
  } else if ((repeatAgreement ?? 0) < MIN_REPEAT_AGREEMENT) {
    obstacles.push(
      `Asked again, it said the same in ${percent(repeatAgreement ?? 0)}; ${percent(MIN_REPEAT_AGREEMENT)} is needed.`,
    );
  }
  return obstacles;
}

function agreesAsPeopleDo({ kappa, humanKappa, alternative }: Omit<Measured, 'obstacles'>): boolean {
  if (alternative?.isPassed === true) return true;
  return (
    kappa !== undefined && kappa >= MIN_KAPPA && (humanKappa === undefined || kappa >= humanKappa - KAPPA_BELOW_PEOPLE)
  );
}

/** What more than half of those say who could tell. Undefined when they are split, or nobody could. */
function majorityOf({ triagers }: Label): Exclude<LabelVerdict, 'cannot_tell'> | undefined {
  const said = Object.values(triagers);
  const [yes, no] = [said.filter(each => each === 'yes').length, said.filter(each => each === 'no').length];
  return yes === no ? undefined : yes > no ? 'yes' : 'no';
}

function pairWithMajority(label: Label): readonly RatingPair<string>[] {
  const majority = majorityOf(label);
  return majority === undefined ? [] : [[label.judge, majority]];
}

function humanKappa(labels: readonly Label[]): number | undefined {
  const names = [...new Set(labels.flatMap(({ triagers }) => Object.keys(triagers)))];
  const kappas = names.flatMap((one, index) =>
    names.slice(index + 1).flatMap(other => {
      const shared = labels.flatMap(({ triagers: { [one]: first, [other]: second } }): RatingPair<string>[] =>
        first === undefined || second === undefined ? [] : [[first, second]],
      );
      return shared.length < MIN_SHARED ? [] : (kappa(shared) ?? []);
    }),
  );
  return kappas.length === 0 ? undefined : kappas.reduce((sum, each) => sum + each, 0) / kappas.length;
}

const percent = (share: number): string => `${Math.floor(share * 100 + 1e-9)} %`;
const shown = (value: number | undefined): string => (value === undefined ? 'that cannot be told' : value.toFixed(2));
