/**
 * A name between backticks, which messages are rendered with as code. What people could not see (control characters, direction
 * marks, blanks of other widths) and backticks are made visible as `\u{…}`.
 */
export const inCode = (name: string): string =>
  `\`${name.replaceAll(/[^\P{C}]|[^\P{Z} ]|`/gu, character => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)}\``;
