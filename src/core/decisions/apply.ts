import type { Finding } from '../finding.ts';
import type { Decisions } from './decisions.ts';

/** The findings with what people said about them. A waived one weighs as a note; a disputed one weighs what it did. */
export const withDecisions = (findings: readonly Finding[], { waivers, disputes }: Decisions): readonly Finding[] =>
  findings.map(finding => {
    const waiver = waivers.get(finding.fingerprint);
    if (waiver !== undefined) return { ...finding, severity: 'note', waived: waiver };
    const dispute = disputes.get(finding.fingerprint);
    return dispute === undefined ? finding : { ...finding, disputed: dispute };
  });
