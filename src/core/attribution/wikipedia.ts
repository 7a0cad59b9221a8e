import { isHostOf, isPlainAddress } from './addresses.ts';

/** A page of a Wikipedia, and the revision that the address names. */
export type WikipediaPage = {
  readonly host: string;
  /** Absent where the address names a revision alone. */
  readonly title?: string;
  readonly oldid?: string;
  /** Whether the address leads there: `/wiki/Title&oldid=1` names both and leads to no page. */
  readonly isBroken: boolean;
};

const OLDID = /^\d{1,12}$/;

/** What the address names on a Wikipedia; undefined for all other addresses. */
export function wikipediaPage(url: URL): WikipediaPage | undefined {
  if (!isHostOf(url, 'wikipedia.org') || !isPlainAddress(url)) return undefined;
  const host = url.hostname;
  const asked = url.searchParams.get('oldid') ?? '';
  const [, revision] = /^\/wiki\/Special:Perma(?:nentL|l)ink\/(\d{1,12})$/i.exec(url.pathname) ?? [];
  if (revision !== undefined) return { host, oldid: revision, isBroken: false };
  if (url.pathname.startsWith('/wiki/')) {
    const path = url.pathname.slice('/wiki/'.length);
    const [, before, oldid] = /^([^&?]+)&oldid=(\d{1,12})$/.exec(path) ?? [];
    const title = decoded(before ?? path);
    if (title === undefined || title === '') return { host, isBroken: true };
    if (oldid !== undefined) return { host, title, oldid, isBroken: true };
    return { host, title, ...(OLDID.test(asked) && { oldid: asked }), isBroken: false };
  }
  const title = url.searchParams.get('title')?.replaceAll(' ', '_') ?? '';
  return {
    host,
    ...(title !== '' && { title }),
    ...(OLDID.test(asked) && { oldid: asked }),
    isBroken: false,
  };
}

/** The address of one revision of a page, as Wikipedia's own "Permanent link" writes it. */
export const permanentLink = (host: string, title: string, oldid: string): string =>
  `https://${host}/w/index.php?title=${encodeURIComponent(title).replaceAll(/%(?:2F|3A|2C)/g, decodeURIComponent)}&oldid=${oldid}`;

/** Namespaces in which anybody keeps what they like; Wikipedias in all languages know them by these names. */
const OWN_SPACE = /^(?:user|user[ _]talk|talk|draft|draft[ _]talk|special|sandbox):/i;

/** Whether the page is no article but a place where anybody can keep a text of their own. */
export const isOwnSpace = ({ title = '' }: WikipediaPage): boolean => OWN_SPACE.test(title);

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
