/** Looks for texts in documents that are read piece by piece. */
export type ContextSearch = {
  /** Reads on. A piece should end where a word does. */
  readonly read: (piece: string) => void;
  /** Ends one document, so that no run of words reaches over into the next. */
  readonly endDocument: () => void;
  /** How much of each text was found, from 0 to 1, in the order given; undefined for one that is too short to tell. */
  readonly shares: () => readonly (number | undefined)[];
};

/** Words in a row that count as copied: four can meet by chance in two texts about one subject, five hardly do. */
const RUN = 5;

/**
 * Compares by words in a row, so that it does not matter how a text is marked up, wrapped or quoted: what is compared are letters
 * and digits after NFKC, in lower case, without links' targets, tags and note numbers. Time and memory are linear in what it reads.
 */
export function searchContexts(contexts: readonly string[]): ContextSearch {
  const found = new Map<string, boolean>();
  let left = MAX_CONTEXTS;
  const runsOfContexts = contexts.map(context => {
    const compared = context.slice(0, Math.min(MAX_CONTEXT, left));
    left -= compared.length;
    return runsOf(wordsOf(compared));
  });
  for (const run of runsOfContexts.flat()) found.set(run, false);
  let last: readonly string[] = [];
  return {
    read(piece) {
      const words = [...last, ...wordsOf(piece)];
      for (const run of runsOf(words)) if (found.has(run)) found.set(run, true);
      last = words.slice(Math.max(0, words.length - RUN + 1));
    },
    endDocument() {
      last = [];
    },
    shares: () =>
      runsOfContexts.map(runs =>
        runs.length === 0 ? undefined : runs.filter(run => found.get(run) === true).length / runs.length,
      ),
  };
}

const runsOf = (words: readonly string[]): readonly string[] =>
  words.slice(RUN - 1).map((_, index) => words.slice(index, index + RUN).join(' '));

/** What is compared of one text, and of all together, in characters. The longest real context has 7,500, those of a leaf 22,000. */
const MAX_CONTEXT = 20_000;
const MAX_CONTEXTS = 200_000;

/** Scripts without blanks between words count by characters. */
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/gu;

const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\]\([^()\s]*\)|<\/?[a-z][^<>]{0,200}>|\[\d{1,3}\]/g, ' ')
    .match(WORD) ?? [];

/** Cuts a text into pieces of about this many characters, each ending where a line or a word does if there is such a place. */
export function piecesOf(text: string, length = 8_000): readonly string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const wanted = Math.min(start + length, text.length);
    const blank =
      wanted === text.length ? wanted : Math.max(text.lastIndexOf('\n', wanted), text.lastIndexOf(' ', wanted));
    const end = blank > start ? blank : wanted;
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}
