/** A name in double quotes with its control characters, look-alike blanks and direction marks made visible as `\u{…}`. */
export const inQuotes = (name: string): string =>
  `"${name.replaceAll(/[^\P{C}]|[^\P{Z} ]/gu, character => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)}"`;
