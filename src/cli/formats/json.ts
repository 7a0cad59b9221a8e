import { byPlace, summarise } from '../report.ts';
import type { Report } from '../report.ts';

/** For programs: one object `{files, findings, summary}`. */
export const formatJson = (report: Report): string =>
  toJson({ files: report.files, findings: byPlace(report), summary: summarise(report) });

/**
 * JSON that a terminal shows as it is: what `printable` makes visible is written as JSON's own escapes here, so a program reads the
 * same text. `JSON.stringify` escapes only what stands before the blank, and lone surrogates.
 */
export const toJson = (value: unknown): string =>
  `${JSON.stringify(value, undefined, 2).replaceAll(/[^\P{C}\n]/gu, character =>
    Array.from({ length: character.length }, (_, index) => escapeUnit(character.charCodeAt(index))).join(''),
  )}\n`;

const escapeUnit = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;
