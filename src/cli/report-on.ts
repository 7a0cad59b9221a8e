import type { Contribution } from '../core/contribution.ts';
import { noNeighbourhood } from '../core/duplicates/example-key.ts';
import { identify } from '../core/finding.ts';
import type { ParseOptions } from '../core/parse/qna.ts';
import { asUpstream } from '../core/rules/as-upstream.ts';
import { defaultPolicy } from '../core/policy.ts';
import { checkContribution } from '../core/rules/index.ts';
import type { LocalFile } from './local-files.ts';
import type { Report } from './report.ts';

/** How files of the disk are read. */
export type Reading = Required<Pick<ParseOptions, 'schemaVersion' | 'profile' | 'suggestions'>>;

/** Says of the files of one root what the rules say, under the names that the person gave. */
export function reportOn(
  files: readonly LocalFile[],
  contribution: Contribution,
  { schemaVersion, profile }: Reading,
): Report {
  const shownAs = new Map(files.map(({ shown, file }) => [file.path, shown]));
  const rename = <T extends { readonly path: string }>(place: T): T => ({
    ...place,
    path: shownAs.get(place.path) ?? place.path,
  });
  // Like the taxonomy's own check: a file that is held to its own schema version, and that is 1, may go without attribution.
  const exempt = new Set(
    schemaVersion === 'document' ? contribution.leaves.filter(leaf => leaf.version === 1).map(({ path }) => path) : [],
  );
  const checked = checkContribution(contribution, {
    pullRequest: { headSha: '', files: files.map(({ file }) => file) },
    taxonomy: { sha: '', files: new Map() },
    neighbourhood: noNeighbourhood,
    policy: defaultPolicy,
  }).filter(({ rule, location }) => rule !== 'attribution/missing' || !exempt.has(location.path));
  const all = [...contribution.concerns, ...checked];
  const concerns = profile === 'instructlab' ? asUpstream(all, contribution, schemaVersion) : all;
  return {
    files: contribution.account.map(rename),
    findings: identify(concerns).map(finding => ({
      ...finding,
      location: rename(finding.location),
      ...(finding.related === undefined ? {} : { related: finding.related.map(rename) }),
    })),
  };
}
