/** A repository as the address in `document.repo` names it. Host in lower case; owner and name are safe as parts of a path. */
export type RepositoryAddress = {
  readonly host: string;
  /** Absent on hosts whose addresses have another form than `/owner/name`. */
  readonly repository?: { readonly owner: string; readonly name: string };
};

/** The address, or in words what is wrong with it, to follow "`document.repo` ". */
export type ReadAddress =
  | { readonly type: 'address'; readonly address: RepositoryAddress }
  | { readonly type: 'objection'; readonly objection: string };

/** The longest real one has 78 characters. */
const MAX_LENGTH = 500;

const SSH = /^(?:ssh:\/\/)?git@([\w.-]+)[:/]/;
const ADDRESS = /^https:\/\/([^/?#]*)(\/[^?#]*)?$/i;

/** A name with a dot in it: no IP address of any notation, no `localhost`, no user, no port. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,8}[a-z][a-z0-9-]{1,62}$/;

const OWNER = /^[A-Za-z0-9][\w-]{0,99}$/;
const NAME = /^[\w.-]{1,100}$/;

/**
 * Reads `document.repo`. Nothing is asked of the network and nothing is decoded or resolved: an address in which two readers could
 * see different hosts or paths is refused as it stands.
 */
export function readAddress(text: string): ReadAddress {
  if (text.length > MAX_LENGTH) return objection(`has more than ${MAX_LENGTH} characters`);
  const ssh = SSH.exec(text)?.[1];
  if (ssh !== undefined) return objection('is an address for SSH, which needs an account. Write it with `https://`');
  if (/^http:/i.test(text)) return objection('begins with `http://`. Write `https://`');
  // Blanks and control characters, backslashes, percent signs: browsers, git and GitHub do not read them alike.
  const found = /[^!$&-;=?-Z_a-z~]/.test(text) ? null : ADDRESS.exec(text);
  if (found === null)
    return objection('is no address of a repository. Write one such as `https://github.com/owner/name`');
  const [, authority = '', path = ''] = found;
  if (authority.includes('@')) return objection('holds a user name or a password. Leave it out');
  const host = authority.toLowerCase();
  if (!HOST.test(host))
    return objection('must name a host by its name, without a port, as in `https://github.com/owner/name`');
  const [, owner = '', given = '', ...more] = path.replace(/\/$/, '').split('/');
  const name = given.replace(/\.git$/i, '');
  const isRepository = more.length === 0 && OWNER.test(owner) && NAME.test(name) && !/^\.{1,2}$/.test(name);
  return { type: 'address', address: isRepository ? { host, repository: { owner, name } } : { host } };
}

const objection = (text: string): ReadAddress => ({ type: 'objection', objection: text });

/** Whether the text is the whole id of a commit: 40 hex digits. */
export const isCommitId = (text: string): boolean => /^[0-9a-f]{40}$/i.test(text);
