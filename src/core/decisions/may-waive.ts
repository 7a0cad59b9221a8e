import { isAtLeast } from '../commands/permission.ts';
import type { Rank } from '../commands/permission.ts';
import { isByJudge } from '../finding-order.ts';
import { ruleDocs } from '../rules/index.ts';
import type { Waiver } from '../rules/rule.ts';

const needed: Readonly<Record<Exclude<Waiver, 'nobody'>, Rank>> = { triage: 'triager', maintain: 'maintainer' };

/** Whether somebody of this rank may waive what a rule finds, by what the rule says about itself. What a model noticed any triager may. */
export function mayWaive(rule: string, rank: Rank): boolean {
  const waiver = isByJudge({ rule }) ? 'triage' : (waivers.get(rule) ?? 'maintain');
  return waiver !== 'nobody' && isAtLeast(rank, needed[waiver]);
}

const waivers: ReadonlyMap<string, Waiver> = new Map(ruleDocs.map(({ id, waiver }) => [id, waiver]));
