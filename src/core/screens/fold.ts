/** A text as people read it, for matchers. `start(i)` and `end(i)` give where the character at `i` began and ended in the original. */
export type Folded = {
  readonly text: string;
  readonly start: (index: number) => number;
  readonly end: (index: number) => number;
};

/** Letters of other alphabets that look like Latin ones (the common part of Unicode's confusables.txt, lower case). */
const lookalikes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'аαɑ',
    b: 'ЬвβƄ',
    c: 'сϲᴄ',
    d: 'ԁɗ',
    e: 'еєεҽ',
    g: 'ɡց',
    h: 'һհ',
    i: 'іιıɩӏ',
    j: 'јϳ',
    k: 'кκ',
    l: 'ⅼ',
    m: 'мᴍ',
    n: 'пηո',
    o: 'оοσօ',
    p: 'рρ',
    q: 'ԛգ',
    r: 'гᴦ',
    s: 'ѕꜱ',
    t: 'тτ',
    u: 'υսц',
    v: 'ѵν',
    w: 'ѡԝω',
    x: 'хχ',
    y: 'уүγ',
    z: 'ᴢ',
  }).flatMap(([latin, others]) => Array.from(others, other => [other, latin] as const)),
);

const unseen = /^[\p{Cf}\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}]$/u;

/**
 * Lower case, compatibility forms and look-alike letters as plain Latin, accents and unseen characters gone, runs of blanks as one
 * space. Linear in the text. Line breaks become spaces too: a sentence may be folded over lines.
 */
export function fold(text: string): Folded {
  const folded: string[] = [];
  let isAfterBlank = false;
  const starts: number[] = [];
  const ends: number[] = [];
  let offset = 0;
  for (const character of text) {
    const from = offset;
    offset += character.length;
    for (const unit of foldCharacter(character)) {
      const isBlank = unit === ' ';
      if (isBlank && isAfterBlank) continue;
      isAfterBlank = isBlank;
      folded.push(unit);
      for (let index = 0; index < unit.length; index += 1) {
        starts.push(from);
        ends.push(offset);
      }
    }
  }
  return {
    text: folded.join(''),
    start: index => starts[index] ?? text.length,
    end: index => ends[index] ?? text.length,
  };
}

function foldCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 128) {
    if (code >= 65 && code <= 90) return String.fromCharCode(code + 32);
    return code === 9 || code === 10 || code === 13 ? ' ' : character;
  }
  if (/^\s$/u.test(character)) return ' ';
  const known = folds.get(character);
  if (known !== undefined) return known;
  const value = Array.from(character.normalize('NFKD').toLowerCase())
    .filter(part => !unseen.test(part))
    .map(part => lookalikes.get(part) ?? part)
    .join('');
  // A ligature of a whole sentence is no letter in disguise; written out, a megabyte of them would be eighteen.
  const kept = value.length > MAX_LETTERS ? character : value;
  if (folds.size < MAX_KEPT) folds.set(character, kept);
  return kept;
}

/** Folding a character is a pure function; what it gave is kept, so that texts in other scripts cost no more than English. */
const folds = new Map<string, string>();
const MAX_KEPT = 10_000;

/** Ligatures of Latin letters have three at most. */
const MAX_LETTERS = 4;
