/** More addresses in one value are not looked at. */
const MAX_LINKS = 50;

/** Longer ones are no addresses that a browser would take. */
const MAX_LENGTH = 2_000;

/** An address as it stands in a text, and as a browser takes it; `url` is undefined where a browser takes it for none. */
export type Link = { readonly text: string; readonly url: URL | undefined };

/**
 * The web addresses in a text, with or without `https://`, out of Markdown links and brackets too. What a browser makes of each is
 * decided by `URL` alone, so that the host that we see is the one that people would reach. Linear.
 */
export const linksIn = (text: string): readonly Link[] =>
  text
    .split(/[\s<>"'`|[\]{}]+/)
    .filter(word => word.length <= MAX_LENGTH)
    .flatMap(word => partsOf(word))
    .slice(0, MAX_LINKS)
    .map(each => ({ text: each, url: parse(/^[a-z]+:/i.test(each) ? each : `https://${each}`) }));

/** The addresses in a word: `(https://a.example/b_(c)),` holds one. */
function partsOf(word: string): readonly string[] {
  const at = word.search(/https?:/i);
  const from = at === -1 ? word.replace(/^\(+/, '') : word.slice(at);
  if (at === -1 && !/^(?:[\w-]{1,63}\.){1,8}[a-z]{2,63}\/./i.test(from)) return [];
  let end = from.length;
  // A closing bracket is part of the address if it was opened there, as in `Mercury_(planet)`.
  let depth = 0;
  for (const character of from) depth += character === '(' ? 1 : character === ')' ? -1 : 0;
  while (end > 0 && (/[.,;:!?]/.test(from[end - 1] ?? '') || (from[end - 1] === ')' && depth < 0))) {
    if (from[end - 1] === ')') depth += 1;
    end -= 1;
  }
  const address = from.slice(0, end);
  return at !== -1 && !/^https?:./i.test(address) ? [] : [address];
}

const parse = (address: string): URL | undefined => URL.parse(address) ?? undefined;

/**
 * Whether the address is a plain one on the web, on the usual port and without a name or password before the host: anything else
 * may show one host to people and lead to another.
 */
export const isPlainAddress = (url: URL): boolean =>
  (url.protocol === 'https:' || url.protocol === 'http:') &&
  url.username === '' &&
  url.password === '' &&
  url.port === '';

/** Whether the host is the domain or lies below it. Both are lower case and without a dot at the end. */
export const isHostOf = ({ hostname }: URL, domain: string): boolean =>
  hostname === domain || hostname.endsWith(`.${domain}`);
