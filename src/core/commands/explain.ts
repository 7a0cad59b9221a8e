import { names } from '../decisions/decisions.ts';
import { escapeMessage, escapeText, codeSpan } from '../escape.ts';
import { shortId } from '../finding.ts';
import type { Finding } from '../finding.ts';
import type { RuleDoc } from '../rules/rule.ts';

/** More findings than these are not explained one by one. */
const MAX_EXPLAINED = 3;

/**
 * Why the findings that are named are such, in Markdown; undefined when the id names nothing. A rule without a finding here is
 * explained all the same.
 */
export function explain(ref: string, findings: readonly Finding[], docs: readonly RuleDoc[]): string | undefined {
  const named = findings.filter(finding => names(ref, finding));
  const rules = [...new Set(named.length > 0 ? named.map(({ rule }) => rule) : [ref])];
  const parts = rules.slice(0, MAX_EXPLAINED).flatMap(rule => {
    const doc = docs.find(({ id }) => id === rule);
    const places = named.filter(finding => finding.rule === rule).slice(0, MAX_EXPLAINED);
    if (doc === undefined && places.length === 0) return [];
    return [
      [
        `**${codeSpan(rule)}**${doc === undefined ? '' : `: ${escapeMessage(doc.why)}`}`,
        ...places.map(
          finding =>
            `- ${codeSpan(shortId(finding))}, ${escapeText(finding.location.path, 200)}, line ${finding.location.line}: ${escapeMessage(finding.message)}`,
        ),
        ...(doc === undefined
          ? []
          : [`*To mend it:* ${escapeMessage(doc.remedy)}`, `*Upstream:* ${escapeMessage(doc.upstream)}`]),
      ].join('\n\n'),
    ];
  });
  return parts.length === 0 ? undefined : parts.join('\n\n');
}
