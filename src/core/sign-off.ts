import type { SignOff } from './pull-request.ts';

/** Who made a commit, as it says itself. */
type Person = { readonly name?: string | undefined; readonly email?: string | undefined };

/** Messages are read up to here; sign-offs of real ones stand in the first two thousand characters. */
const MAX_MESSAGE = 64_000;

/**
 * Reads the `Signed-off-by: Name <address>` lines of a commit's message. A line counts as `own` when its name or its address is
 * that of the author or the committer, in any case: GitHub's own pages sign with the address that the person keeps private.
 */
export function readSignOff(message: string, people: readonly Person[]): SignOff {
  const signers = message
    .slice(0, MAX_MESSAGE)
    .split(/\r\n?|\n/)
    .flatMap(line => readSigner(line) ?? []);
  if (signers.length === 0) return 'none';
  const known = new Set(people.flatMap(({ name, email }) => [name, email]).map(plain));
  known.delete('');
  return signers.some(({ name, email }) => known.has(plain(name)) || known.has(plain(email))) ? 'own' : 'other';
}

const PREFIX = 'signed-off-by:';

function readSigner(line: string): Required<Person> | undefined {
  if (line.slice(0, PREFIX.length).toLowerCase() !== PREFIX) return undefined;
  const text = line.slice(PREFIX.length).trim();
  const open = text.lastIndexOf('<');
  if (open < 1 || !text.endsWith('>')) return undefined;
  return { name: text.slice(0, open), email: text.slice(open + 1, -1) };
}

const plain = (text: string | undefined): string => (text ?? '').trim().toLowerCase();
