/** Words of one text that are looked at, at most. */
const MAX_WORDS = 1_200;

/** Longer than words that people write: hashes, base64. Their beginning tells them apart. */
const MAX_WORD = 40;

/**
 * The words of a folded text in their order, `MAX_WORDS` at most: runs of letters without their commonest endings, numbers, and
 * each character by itself in scripts that write no spaces. `don't` is one word.
 */
export function wordsOf(folded: string): readonly string[] {
  const words: string[] = [];
  for (const [run] of folded.replaceAll(apostrophe, '').matchAll(token)) {
    const word = run.slice(0, MAX_WORD).toWellFormed();
    words.push(/^\p{N}/u.test(word) ? numeral(word) : stem(word));
    if (words.length === MAX_WORDS) break;
  }
  return words;
}

const apostrophe = /(?<=\p{L})['’ʼ`](?=\p{L})/gu;

const token =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[[\p{L}\p{M}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]]+|\p{N}+(?:[.,]\p{N}+)*/gv;

/** `1,234` and `1234` are one number; `3.50` and `3.5` too. */
function numeral(text: string): string {
  const digits = text.replaceAll(/,(?=\p{N}{3}(?!\p{N}))/gu, '');
  if (!digits.includes('.')) return digits;
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, digits[end - 1] === '.' ? end - 1 : end);
}

/** English endings that change the grammar of a word and not what it names. Crude on purpose: both sides are treated alike. */
const stem = (word: string): string =>
  word.length < 4
    ? word
    : word
        .replace(/ies$/, 'y')
        .replace(/(?<=[^s])s$/, '')
        .replace(/(?<=.{3})(?:ing|ed)$/, '')
        .replace(/e$/, '');

/**
 * What a word weighs when texts are compared, 0 to 1: words that only hold an English sentence together weigh little. A fixed
 * list instead of counts over the taxonomy, so that a verdict does not change when somebody else's contribution is merged.
 */
export const weightOf = (word: string): number => (functionWords.has(word) ? 0.2 : word.length === 1 ? 0.6 : 1);

/** Whether the word, as `wordsOf` gives it, only holds a sentence together. */
export const isFunctionWord = (word: string): boolean => functionWords.has(word);

const functionWords: ReadonlySet<string> = new Set(
  `a an the this that these those it its is are was were be been being am do does did done have has had having can could will
  would shall should may might must of in on at to from by with about into over under between for and or but if so as than then
  there here what which who whom whose when where why how whats whos hows i you he she we they me him her us them my your his our
  their mine yours some any each every all both most more much many few other another such only also just very too please let
  lets`
    .split(/\s+/)
    .map(stem),
);
