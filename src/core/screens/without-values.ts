import type { Concern } from '../finding.ts';

/** What stands in the place of a value that nobody may read here. */
const HIDDEN = '[hidden]';

/** Characters of a value in a row that give it away. Messages shorten what they quote, so a part of a value counts too. */
const PART = 8;

/**
 * The concerns with every part of a value, of eight characters or more, taken out of whatever people or logs may see: message, path
 * in the file, flagged text (its hash could be guessed), labels and evidence. A suggestion that holds one is dropped: changed, it would
 * no longer be proved. Linear in the values and the concerns.
 */
export function withoutValues(concerns: readonly Concern[], values: readonly string[]): readonly Concern[] {
  const secret = values.filter(value => value.trim() !== '');
  if (secret.length === 0) return concerns;
  const parts = new Set(secret.flatMap(partsOf));
  // Shorter values are looked for as they are.
  const lengths = [...new Set(secret.map(({ length }) => Math.min(PART, length)))].sort((a, b) => b - a);
  const hide = (text: string): string => hideParts(text, parts, lengths);
  return concerns.map(concern => {
    const { suggestion, flagged, related, evidence, ...rest } = concern;
    return {
      ...rest,
      message: hide(concern.message),
      yamlPath: hide(concern.yamlPath),
      ...(flagged !== undefined && { flagged: hide(flagged) }),
      ...(related && { related: related.map(each => ({ ...each, label: hide(each.label) })) }),
      ...(evidence && {
        evidence: evidence.filter(({ field, quote }) => hide(field) === field && hide(quote) === quote),
      }),
      ...(suggestion && hide(suggestion.replacement) === suggestion.replacement && { suggestion }),
    };
  });
}

function partsOf(value: string): readonly string[] {
  if (value.length <= PART) return [value];
  return Array.from({ length: value.length - PART + 1 }, (_, at) => value.slice(at, at + PART));
}

function hideParts(text: string, parts: ReadonlySet<string>, lengths: readonly number[]): string {
  const pieces: string[] = [];
  let kept = 0;
  let hiddenTo = 0;
  for (let at = 0; at < text.length; at += 1) {
    const length = lengths.find(each => parts.has(text.slice(at, at + each)));
    if (length === undefined) continue;
    if (at >= hiddenTo) {
      pieces.push(text.slice(kept, at), HIDDEN);
    }
    hiddenTo = Math.max(hiddenTo, at + length);
    kept = hiddenTo;
  }
  return [...pieces, text.slice(kept)].join('').toWellFormed();
}
