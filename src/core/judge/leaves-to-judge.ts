import { leafNode } from '../contribution.ts';
import type { Leaf } from '../contribution.ts';
import type { Concern } from '../finding.ts';

/** Findings of these rules mean that the text may not leave this server, however light they weigh. */
const PRIVATE_RULES: ReadonlySet<string> = new Set(['screen/secret', 'screen/personal-data']);

/** The leaves that may be sent to a model: without errors, and without secrets or personal data anywhere in their folder. */
export function leavesToJudge(leaves: readonly Leaf[], concerns: readonly Concern[]): readonly Leaf[] {
  const unfit = new Set(
    concerns
      .filter(({ severity, rule }) => severity === 'error' || PRIVATE_RULES.has(rule))
      .map(({ location }) => leafNode(location.path)),
  );
  return leaves.filter(({ path }) => !unfit.has(leafNode(path)));
}
