import { byPlace, summarise } from '../report.ts';
import type { Report } from '../report.ts';

/** For programs: one object `{files, findings, summary}`. */
export const formatJson = (report: Report): string =>
  `${JSON.stringify({ files: report.files, findings: byPlace(report), summary: summarise(report) }, undefined, 2)}\n`;
