import type { Leaf, SeedExample } from '../contribution.ts';
import type { JudgeState, Unsettled } from '../verdict.ts';
import type { Judged } from './judged.ts';

/** More are counted, and not named. */
const MAX_NAMED = 100;

/** How far the judge came, in one word and some numbers. */
export function summarise(
  examples: readonly { readonly leaf: Leaf; readonly example: SeedExample; readonly judged: Judged }[],
  files: readonly { readonly leaf: Leaf; readonly judged?: Judged | undefined }[],
): JudgeState {
  const all = [...examples, ...files].flatMap(({ judged }) => judged ?? []);
  const usable = examples.filter(({ judged: { state } }) => state === 'clear' || state === 'unclear');
  const lost = all.find(({ isBudget }) => isBudget) ?? all.find(({ state }) => state === 'lost');
  if (lost !== undefined) {
    return {
      type: 'gave-up',
      reason: lost.reason ?? 'The model was lost.',
      judged: usable.length,
      examples: examples.length,
      ...(lost.isBudget === true ? { isBudget: true } : { isPassing: true }),
    };
  }
  const asked = usable.find(({ judged: { model } }) => model !== undefined);
  if (asked === undefined && usable.length === examples.length) {
    return { type: 'nothing-to-judge', reason: 'This repository asks no question about such examples.' };
  }
  if (usable.length === 0) {
    const reason = examples.every(({ judged: { state } }) => state === 'void')
      ? 'It was wrong about examples whose answers are known, so it is not believed about these.'
      : (examples[0]?.judged.reason ?? 'No reply could be read.');
    return { type: 'gave-up', reason, judged: 0, examples: examples.length };
  }
  const unsettled = [
    ...examples.flatMap(({ leaf, example, judged }) => unsettledIn(leaf.path, judged, example)),
    ...files.flatMap(({ leaf, judged }) => (judged === undefined ? [] : unsettledIn(leaf.path, judged))),
  ];
  return {
    type: 'judged',
    examples: examples.length,
    asked: examples.filter(({ judged: { isAsked } }) => isAsked).length,
    unclear: examples.filter(({ judged: { state } }) => state !== 'clear').length,
    unsettled: unsettled.slice(0, MAX_NAMED),
    ...(asked?.judged.model !== undefined && { model: asked.judged.model }),
  };
}

function unsettledIn(
  path: string,
  { state, open, opinions, reason }: Judged,
  example?: SeedExample,
): readonly Unsettled[] {
  if (state === 'clear' || state === 'lost') return [];
  const unfounded = open.filter(id => {
    const opinion = opinions?.get(id);
    return opinion?.verdict === 'cannot_tell' && opinion.isUnfounded;
  });
  return [
    {
      path,
      line: example?.line ?? 1,
      isFile: example === undefined,
      criteria: open,
      ...(unfounded.length > 0 && { unfounded }),
      ...(reason !== undefined && { reason }),
    },
  ];
}
