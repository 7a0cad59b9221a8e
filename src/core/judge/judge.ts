import type { Leaf } from '../contribution.ts';
import type { AdvisoryConcern } from '../finding.ts';
import type { JudgeState } from '../verdict.ts';
import { judgeExample } from './judge-example.ts';
import { judgeFile } from './judge-file.ts';
import { mapLimited } from './map-limited.ts';
import type { Ask, Spender } from './model.ts';
import { standardRubric } from './rubric.ts';
import type { Rubric } from './rubric.ts';
import { summarise } from './summarise.ts';

/** What the judge has to say: concerns that are all advisory, and how far it came. */
export type Judgement = { readonly concerns: readonly AdvisoryConcern[]; readonly state: JudgeState };

/** What judging needs from its caller. */
export type JudgeOptions = {
  readonly ask: Ask;
  /** Secret of this server: without it nobody can guess where the prompts say that contributed text ends. */
  readonly key: string;
  readonly spender: Spender;
  /** The standard one unless told. */
  readonly rubric?: Rubric;
  /** Calls at the same time; 4 unless told. */
  readonly limit?: number;
  /**
   * Lets others have the thread, before each example: what is sent of one is prepared in about a millisecond, of thousands in
   * seconds. Without it the thread is this caller's alone.
   */
  readonly pause?: () => Promise<void>;
};

/**
 * Asks the model about each example of the leaves, one example a call, then about each leaf as a whole, and turns what it says
 * into concerns. Nothing of the model's own words is in them. The order is that of the leaves, of their examples, then of the
 * rubric, whenever the replies come. Give it only leaves that may be sent: see `leavesToJudge`.
 */
export async function judge(leaves: readonly Leaf[], options: JudgeOptions): Promise<Judgement> {
  const { limit = 4, rubric = standardRubric, pause, ask, key, spender } = options;
  const judging = { ask, key, spender, rubric };
  const examples = leaves.flatMap(leaf => leaf.examples.map(example => ({ leaf, example })));
  if (examples.length === 0) {
    return { concerns: [], state: { type: 'nothing-to-judge', reason: 'There is no example that may be judged.' } };
  }
  const judged = await mapLimited(examples, limit, async ({ leaf, example }) => {
    await pause?.();
    return { leaf, example, judged: await judgeExample(leaf, example, judging) };
  });
  const byLeaf = Map.groupBy(judged, ({ leaf }) => leaf);
  const files = await mapLimited([...byLeaf], limit, async ([leaf, ofLeaf]) => ({
    leaf,
    judged: await judgeFile(leaf, ofLeaf, judging),
  }));
  const concerns = files.flatMap(({ leaf, judged: whole }) => [
    ...(byLeaf.get(leaf) ?? []).flatMap(({ judged: { concerns: ofExample } }) => ofExample),
    ...(whole?.concerns ?? []),
  ]);
  return { concerns, state: summarise(judged, files) };
}
