/** A pattern of Python's `glob` with `recursive=True`, which is what the pipeline finds documents with, ready to be compared. */
export type Glob = readonly Segment[];

type Segment = 'any-depth' | readonly Token[];
type Token =
  | { readonly type: 'one'; readonly character: string }
  | { readonly type: 'any-one' }
  | { readonly type: 'any-run' }
  | { readonly type: 'set'; readonly isNegated: boolean; readonly ranges: readonly (readonly [string, string])[] };

/** Steps of comparison that are left. Strangers write both the patterns and the names. */
export type Budget = { steps: number };

/** Reads a pattern whose form was found safe. A `./` before it means nothing. */
export const readGlob = (pattern: string): Glob =>
  pattern
    .split('/')
    .filter(segment => segment !== '' && segment !== '.')
    .map(segment => (segment === '**' ? 'any-depth' : tokensOf(segment)));

function tokensOf(segment: string): readonly Token[] {
  const tokens: Token[] = [];
  const characters = Array.from(segment);
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    if (character === '*') {
      if (tokens.at(-1)?.type !== 'any-run') tokens.push({ type: 'any-run' });
    } else if (character === '?') tokens.push({ type: 'any-one' });
    else {
      const end = character === '[' ? endOfSet(characters, at) : -1;
      if (end === -1) tokens.push({ type: 'one', character });
      else {
        tokens.push(setOf(characters.slice(at + 1, end)));
        at = end;
      }
    }
  }
  return tokens;
}

/** A bracket right after the opening one, or after its `!`, is a member; without an end the opening one stands for itself. */
function endOfSet(characters: readonly string[], start: number): number {
  const first = characters[start + 1] === '!' ? start + 2 : start + 1;
  return characters.indexOf(']', first + 1);
}

function setOf(members: readonly string[]): Token {
  const isNegated = members[0] === '!';
  const inner = isNegated ? members.slice(1) : members;
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < inner.length; at++) {
    const from = inner[at] ?? '';
    const to = inner[at + 1] === '-' ? inner[at + 2] : undefined;
    if (to !== undefined) {
      ranges.push([from, to]);
      at += 2;
    } else ranges.push([from, from]);
  }
  return { type: 'set', isNegated, ranges };
}

/**
 * Whether a path matches as a whole; hidden names only where the pattern says the dot. Undefined when the budget ran out, which
 * it can only for patterns and names that were made for it.
 */
export function matches(glob: Glob, path: string, budget: Budget): boolean | undefined {
  const names = path.split('/');
  const isMatch = wildMatch(glob, names, segment => segment === 'any-depth', matchesName, budget);
  return budget.steps > 0 ? isMatch : undefined;

  function matchesName(segment: Segment, name: string): boolean {
    if (segment === 'any-depth') return !name.startsWith('.');
    const [first] = segment;
    if (name.startsWith('.') && !(first?.type === 'one' && first.character === '.')) return false;
    return wildMatch(segment, Array.from(name), ({ type }) => type === 'any-run', matchesCharacter, budget);
  }
}

function matchesCharacter(token: Token, character: string): boolean {
  if (token.type === 'one') return token.character === character;
  if (token.type !== 'set') return true;
  return token.ranges.some(([from, to]) => from <= character && character <= to) !== token.isNegated;
}

/** Of several ways to spread the wild parts only the last one is ever tried again: if any works, that does. No recursion. */
function wildMatch<P, T>(
  pattern: readonly P[],
  text: readonly T[],
  isWild: (part: P) => boolean,
  fits: (part: P, unit: T) => boolean,
  budget: Budget,
): boolean {
  let [at, to] = [0, 0];
  let retry: { readonly wild: number; to: number } | undefined;
  while (to < text.length) {
    budget.steps -= 1;
    if (budget.steps <= 0) return false;
    const part = pattern[at];
    const unit = text[to];
    if (unit === undefined) return false;
    if (part !== undefined && isWild(part)) {
      retry = { wild: at, to };
      at += 1;
    } else if (part !== undefined && fits(part, unit)) {
      at += 1;
      to += 1;
    } else {
      const wild = retry && pattern[retry.wild];
      const swallowed = retry && text[retry.to];
      if (retry === undefined || wild === undefined || swallowed === undefined || !fits(wild, swallowed)) return false;
      retry.to += 1;
      [at, to] = [retry.wild + 1, retry.to];
    }
  }
  return pattern.slice(at).every(isWild);
}
