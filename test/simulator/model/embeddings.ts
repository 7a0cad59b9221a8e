/** Numbers of a vector. */
const LENGTH = 96;

/** Words that mean the same here: each line is one meaning. */
const SYNONYMS = [
  ['purpose', 'for', 'use', 'serve', 'do'],
  ['boat', 'vessel', 'ship'],
  ['weight', 'heavy', 'mass'],
  ['quick', 'fast', 'rapid', 'speed'],
  ['large', 'big', 'huge'],
  ['repair', 'mend', 'fix'],
  ['begin', 'start', 'commence'],
  ['child', 'kid', 'youngster'],
  ['physician', 'doctor'],
  ['lift', 'raise', 'hoist', 'hoisting', 'lifting', 'raising'],
  ['cargo', 'freight', 'load', 'loads', 'goods'],
  ['machine', 'device', 'apparatus', 'crane'],
];

const meaningOf = new Map(SYNONYMS.flatMap((words, index) => words.map(word => [word, `meaning ${index}`] as const)));

const EMPTY = new Set([
  'a',
  'an',
  'the',
  'is',
  'are',
  'of',
  'to',
  'in',
  'on',
  'at',
  'and',
  'what',
  'which',
  'does',
  'you',
  'i',
  'it',
]);

/**
 * What a model of embeddings would say of a text, as far as tests need it: texts with words of the same meaning point the same way,
 * in whatever order, and others do not. Always the same for the same text.
 */
export function embedText(text: string): readonly number[] {
  const vector = Array.from({ length: LENGTH }, () => 0);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    if (EMPTY.has(word)) continue;
    const meaning = meaningOf.get(word) ?? word;
    for (let at = 0; at < LENGTH; at++) vector[at] = (vector[at] ?? 0) + (hash(`${at} ${meaning}`) % 2 === 0 ? 1 : -1);
  }
  return vector;
}

/** FNV-1a, and a last mix so that the lowest bit is worth something. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) >>> 16;
}
