import { severities } from './finding.ts';
import type { Concern } from './finding.ts';

/** Concerns of one pull request that are told one by one. Nobody reads more, and each costs time wherever it is shown. */
const MAX_TOLD = 5_000;

/**
 * The concerns as they are while they fit into `MAX_TOLD`, file by file in their order; of every further file the gravest one,
 * which counts the others. So no file that has something to change loses all of it, and nothing becomes green.
 */
export function limitConcerns(concerns: readonly Concern[]): readonly Concern[] {
  if (concerns.length <= MAX_TOLD) return concerns;
  let room = MAX_TOLD;
  return [...Map.groupBy(concerns, ({ location }) => location.path).values()].flatMap(ofFile => {
    if (ofFile.length <= room) {
      room -= ofFile.length;
      return ofFile;
    }
    room = 0;
    const gravest = severities.flatMap(severity => ofFile.find(concern => concern.severity === severity) ?? [])[0];
    if (gravest === undefined || ofFile.length === 1) return ofFile;
    return [{ ...gravest, message: `${gravest.message} (And ${ofFile.length - 1} more in this file.)` }];
  });
}
