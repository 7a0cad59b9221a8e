import type { Label } from '../../../src/core/judge/labels.ts';

/** Labels on one question by three triagers who agree with each other nearly always, and a judge that is wrong now and then. */
export function labelsOn(
  criterion: string,
  { count, wrong, again = true }: { readonly count: number; readonly wrong: number; readonly again?: boolean },
): readonly Label[] {
  return Array.from({ length: count }, (_, index): Label => {
    // Every second answer is a no; the first of those are wrong.
    const isNo = index % 2 === 0;
    const isWrong = isNo && index / 2 < wrong;
    const truth = isNo && !isWrong ? 'no' : 'yes';
    return {
      example: `${criterion} ${index}`,
      criterion,
      rubric: '1',
      model: 'scripted',
      judge: isNo ? 'no' : 'yes',
      again: again ? [isNo ? 'no' : 'yes'] : [],
      triagers: { ana: truth, ben: truth, cho: index % 25 === 1 ? 'no' : truth },
    };
  });
}
