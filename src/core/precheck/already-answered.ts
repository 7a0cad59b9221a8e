import type { AdvisoryConcern } from '../finding.ts';
import { countAnswered } from './precheck.ts';
import type { Precheck } from './precheck.ts';

/** From this share of the answered questions on, a triager is asked: it is the first question of the taxonomy's triage guide. */
const ASKED_FROM = 0.8;

/** A question for each file of which the student answers nearly everything. Without a word of any model. */
export function alreadyAnswered(precheck: Precheck | undefined): readonly AdvisoryConcern[] {
  if (precheck?.type !== 'prechecked') return [];
  return [...Map.groupBy(precheck.examples, ({ path }) => path)].flatMap(([path, examples]): AdvisoryConcern[] => {
    const { answered, known, interval } = countAnswered(examples);
    if (known === 0 || answered / known < ASKED_FROM) return [];
    return [
      {
        rule: 'judge/already-answered',
        severity: 'question',
        message: `The student model already answers ${answered} of ${known} questions of this file as they are answered here (the true share is between ${percent(interval.low)} and ${percent(interval.high)}, with 95 % confidence). If it knows this already, there is little to teach: rarer or harder examples would help.`,
        location: { path, line: 1, column: 1 },
        yamlPath: '.seed_examples',
      },
    ];
  });
}

/** A share for people. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;
