import type { Finding, Severity } from '../../core/finding.ts';
import { ruleDocs } from '../../core/rules/index.ts';
import { byPlace, unexplained } from '../report.ts';
import type { Report } from '../report.ts';
import { toJson } from './json.ts';

const levels = { error: 'error', question: 'warning', note: 'note' } as const satisfies Record<Severity, string>;

/** SARIF 2.1.0 (OASIS): what code-scanning tools and editors read. Files that were not read are notifications of the run. */
export function formatSarif(report: Report, version: string): string {
  const findings = byPlace(report);
  const unread = unexplained(report);
  const ids = [...new Set(findings.map(({ rule }) => rule))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Assay', semanticVersion: version, rules: ids.map(describe) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: unread.length === 0,
            toolExecutionNotifications: unread.map(({ path, reason }) => ({
              level: 'error',
              message: { text: reason ?? 'The file was not read.' },
              locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) } } }],
            })),
          },
        ],
        results: findings.map(finding => resultOf(finding, ids)),
      },
    ],
  };
  return toJson(log);
}

function describe(id: string) {
  const doc = ruleDocs.find(rule => rule.id === id);
  if (doc === undefined) return { id };
  return {
    id,
    shortDescription: { text: doc.why },
    help: { text: doc.remedy },
    defaultConfiguration: { level: levels[doc.severity] },
  };
}

function resultOf(
  { rule, severity, message, location, yamlPath, fingerprint, related }: Finding,
  ids: readonly string[],
) {
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: levels[severity],
    message: { text: message },
    locations: [{ ...physical(location), logicalLocations: [{ fullyQualifiedName: yamlPath }] }],
    relatedLocations: (related ?? [])
      .filter(({ pullRequest }) => pullRequest === undefined)
      .map(({ label, path, line }, index) => ({
        id: index + 1,
        ...physical({ path, line }),
        message: { text: label },
      })),
    partialFingerprints: { 'assay/v1': fingerprint },
  };
}

const physical = ({
  path,
  line,
  column,
  endLine,
}: {
  path: string;
  line: number;
  column?: number;
  endLine?: number;
}) => ({
  physicalLocation: {
    artifactLocation: { uri: uriOf(path) },
    region: {
      startLine: line,
      ...(column === undefined ? {} : { startColumn: column }),
      ...(endLine === undefined ? {} : { endLine }),
    },
  },
});

const uriOf = (path: string): string => path.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
