import { ruleDocs } from '../../src/core/rules/index.ts';
import { anchorOf } from '../../src/core/rules/anchor.ts';
import { eras, type Counts } from './count.ts';
import type { Reviewed } from './evidence.ts';
import { sections } from './sections.ts';

/** The page `docs/rules-measured.md`. */
export function renderPage(counts: Counts, reviewed: readonly Reviewed[], accepted: Reviewed): string {
  const { pullRequests, byEra, files, acceptedFiles } = counts;
  const rows = ruleDocs.map(({ id, severity }) => {
    const {
      findings,
      files: inFiles,
      pullRequests: inPulls,
      byEra: inEras,
      acceptedFiles: inAccepted,
    } = counts.ofRule(id);
    const cells = [
      `[\`${id}\`](rules.md#${anchorOf(id)})`,
      severity,
      String(findings),
      String(inFiles),
      withShare(inPulls, pullRequests),
      ...inEras.map((each, index) => withShare(each, byEra[index] ?? 0)),
      withShare(inAccepted, acceptedFiles),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const eraTitles = eras.map(({ name }, index) => `${name} (${byEra[index] ?? 0})`);
  return `# How often each rule is told

Counted over the recorded pull requests of instructlab/taxonomy, each at its head and against the taxonomy of its day, and over files that people had accepted by April 2024. \`npm run rules:measure\` counts anew and writes this page; it needs the recordings (\`../shared/taxonomy-prs\`, or name the folder).

${pullRequests} pull requests with ${files} leaves; ${acceptedFiles} accepted leaves. "Findings" and "files" are over all pull requests; the columns to the right count pull requests with at least one finding, by number of the pull request, and accepted leaves. Accepted files are held to the schema version that they name, and some rules came after them: before April 2024 no attribution was asked for.

| Rule | Severity | Findings | Files | Pull requests (${pullRequests}) | ${eraTitles.join(' | ')} | Accepted (${acceptedFiles}) |
| --- | --- | ---: | ---: | ---: | ${eras.map(() => '---:').join(' | ')} | ---: |
${rows.join('\n')}
${sections.map(({ title, render }) => `\n## ${title}\n\n${render(reviewed, accepted)}\n`).join('')}`;
}

const withShare = (part: number, whole: number): string =>
  part === 0 || whole === 0 ? String(part) : `${part} (${Math.round((part / whole) * 100)} %)`;
