import { isPlainAddress } from './addresses.ts';
import type { Policy } from '../policy.ts';
import { isOwnSpace, wikipediaPage } from './wikipedia.ts';

/** `approved`: knowledge may be taken from there. `to-verify`: so it may, once a person has looked at the page. `unlisted`: the rest. */
export type SourceTier = 'approved' | 'to-verify' | 'unlisted';

/** On which list of the policy the address stands. What is not plainly on one is on none. */
export function tierOf(url: URL, { approvedSources, sourcesToVerify }: Policy['attribution']): SourceTier {
  const page = wikipediaPage(url);
  if (!isPlainAddress(url) || (page !== undefined && isOwnSpace(page))) return 'unlisted';
  const isOn = (list: readonly string[]): boolean => list.some(source => isFrom(url, source));
  if (isOn(approvedSources)) return 'approved';
  return isOn(sourcesToVerify) ? 'to-verify' : 'unlisted';
}

/** Whether the address lies on the host of the source or below it, and in its folder if it names one. */
function isFrom({ hostname, pathname }: URL, source: string): boolean {
  const slash = source.indexOf('/');
  const domain = slash === -1 ? source : source.slice(0, slash);
  const folder = slash === -1 ? '' : source.slice(slash).replace(/\/$/, '');
  const isThere = hostname === domain || hostname.endsWith(`.${domain}`);
  return isThere && (folder === '' || pathname === folder || pathname.startsWith(`${folder}/`));
}
