import { plainText } from '../escape.ts';
import { hashText, shortId } from '../finding.ts';
import type { Finding, Severity } from '../finding.ts';
import { gravestFirst } from '../finding-order.ts';
import { MAX_ANNOTATION_MESSAGE, MAX_CHECK_TEXT, MAX_TITLE, cutText } from '../limits.ts';
import type { Annotation, CheckPlan } from '../plan.ts';
import { linesOf } from '../render/place.ts';
import { severityWords } from '../render/words.ts';

/**
 * Gives the check its external id: the pull request it speaks for (0 in a merge queue), and a hash of all that is shown. `record`
 * is added to the summary and not hashed: what was true when it was written is no reason to write again.
 */
export function identifyCheck(number: number, check: Omit<CheckPlan, 'externalId'>, record = ''): CheckPlan {
  const { name, headSha, conclusion, text, annotations } = check;
  const title = cutText(check.title, MAX_TITLE);
  const summary = cutText(check.summary, MAX_CHECK_TEXT / 2);
  const shown = JSON.stringify([name, conclusion ?? null, title, summary, text ?? null, annotations]);
  return {
    name,
    headSha,
    externalId: `#${number}:${hashText(shown)}`,
    ...(conclusion && { conclusion }),
    title,
    summary: record === '' ? summary : `${summary}\n\n${record}`,
    ...(text !== undefined && { text }),
    annotations,
  };
}

/** The pull request that a check run speaks for, by its external id; undefined when it is not one of ours. */
export function speaksFor(externalId: string): number | undefined {
  const [, digits] = /^#(\d{1,15}):/.exec(externalId) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

const levels = {
  error: 'failure',
  question: 'warning',
  note: 'notice',
} as const satisfies Record<Severity, Annotation['level']>;

/** One mark a finding, the gravest first: GitHub shows them in this order and may fold the last ones away. */
export const annotate = (findings: readonly Finding[]): readonly Annotation[] =>
  gravestFirst(findings).map(finding => {
    const { path, column } = finding.location;
    const { start, end } = linesOf(finding.location);
    return {
      path,
      startLine: start,
      endLine: end,
      ...(start === end && { startColumn: column }),
      level: levels[finding.severity],
      title: cutText(plainText(`${severityWords[finding.severity]}: ${finding.rule} (${shortId(finding)})`), MAX_TITLE),
      message: cutText(plainText(finding.message) || finding.rule, MAX_ANNOTATION_MESSAGE),
    };
  });
