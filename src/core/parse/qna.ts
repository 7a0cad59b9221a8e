import type { Leaf, LeafKind } from '../contribution.ts';
import type { Concern } from '../finding.ts';
import { leafKindOf } from '../taxonomy.ts';
import { lint } from '../yamllint/lint.ts';
import { levels } from '../yamllint/problem.ts';
import { checkSchema } from './check-schema.ts';
import { decode } from './decode.ts';
import { readDocument, type Reading } from './document.ts';
import { leafOf } from './leaf.ts';
import { MAX_SYNTAX_CONCERNS } from './limits.ts';
import { linesOf, type Lines, type Position } from './lines.ts';
import { describe, type MappingNode, type Node } from './node.ts';
import type { Profile } from './profile.ts';
import { reporterFor, type Report } from './reporter.ts';
import type { Fault } from './scan.ts';
import { HIGHEST_VERSION, schemas } from './schema.ts';
import { isEcho } from './syntax-message.ts';
import { integerOf } from './plain.ts';
import { declaredVersion } from './version.ts';

/** `highest`: the newest schema, as changed files must have. `document`: the one that the file itself names. */
export type SchemaVersion = 'highest' | 'document';

export type ParseOptions = {
  readonly schemaVersion?: SchemaVersion;
  /** `assay` unless told. */
  readonly profile?: Profile;
  /** Whether concerns come with the edits that are proved to mend them, which takes longer. `proved` unless told. */
  readonly suggestions?: 'proved' | 'none';
  /** Concerns told of one file; `MAX_CONCERNS` unless room is needed for others. */
  readonly maxConcerns?: number;
};

/** What one `qna.yaml` says, and everything that is wrong with its YAML and its schema. */
export type ParsedQna = {
  readonly leaf?: Leaf;
  /** The document, unless it is not YAML or not a mapping. */
  readonly root?: Node;
  readonly concerns: readonly Concern[];
};

/**
 * Reads one `qna.yaml`. Pure; never throws for what the bytes hold; at most `MAX_CONCERNS` concerns, each inside the file. The leaf
 * is absent when the file is not YAML or not a mapping. `path` says which schema is asked for; outside of the two trees a
 * `document` key makes it knowledge.
 */
export function parseQna(path: string, blobSha: string, bytes: Uint8Array, options: ParseOptions = {}): ParsedQna {
  const { report, concerns } = reporterFor(path, options.maxConcerns);
  const decoded = decode(bytes);
  if ('unreadable' in decoded) {
    report({ ...decoded.unreadable, yamlPath: '.' });
    return { concerns: concerns() };
  }
  const profile = options.profile ?? 'assay';
  const lines = linesOf(decoded.text);
  const reading = readDocument(decoded.text, lines);
  const { root, faults, repeatedKeys } = reading;
  if (faults.length > 0) {
    reportFaults(faults, lines, report);
    return { concerns: concerns() };
  }
  if (!isMapping(root, report, profile)) return { concerns: concerns() };

  for (const { key, yamlPath, position, first } of profile === 'assay' ? repeatedKeys : []) {
    const message = `\`${key.slice(0, 40)}\` is given twice in the same mapping, first in line ${first.line}. Only this one counts; remove one of them.`;
    report({ rule: 'yaml/duplicate-key', message, yamlPath, position, flagged: key });
  }
  const kind = leafKindOf(path) ?? (root.entries.has('document') ? 'knowledge' : 'skill');
  const version = options.schemaVersion === 'document' ? declaredVersion(root) : HIGHEST_VERSION;
  checkAgainst(root, kind, version, { report, profile });
  if (Number(version) > 1) reportLint(reading, decoded.text, lines, { report, profile });
  const number = Number(declaredVersion(root));
  return {
    leaf: leafOf(root, { path, blobSha, kind, version: Number.isNaN(number) ? HIGHEST_VERSION : number }),
    root,
    concerns: concerns(),
  };
}

/** One syntax error a line, the first few: later ones are mostly echoes. */
function reportFaults(faults: readonly Fault[], lines: Lines, report: Report): void {
  const limit = faults.find(({ rule }) => rule !== 'yaml/syntax');
  const told = new Set<number>();
  for (const { rule, message, start } of limit ? [limit] : faults) {
    const position = lines.at(start);
    const isTold = told.has(position.line) || (told.size > 0 && isEcho(message));
    if (isTold || told.size >= MAX_SYNTAX_CONCERNS) continue;
    told.add(position.line);
    report({ rule, message, yamlPath: '.', position });
  }
}

type Reader = { readonly report: Report; readonly profile: Profile };

/** What yamllint says, which upstream asks only above schema version 1. */
function reportLint({ form, repeatedKeys }: Reading, text: string, lines: Lines, { report, profile }: Reader): void {
  if (form === undefined) return;
  for (const { rule, message, start } of lint({ ...form, text, repeatedKeys }, profile)) {
    const severity = levels[rule] === 'error' ? 'error' : 'note';
    const position = lines.at(start);
    report({ rule: `yamllint/${rule}`, severity, message, yamlPath: '.', position, flagged: near(text, start) });
  }
}

/** The part of the line around an offset: what the problem is known by when lines are added above it. Bounded, lines can be long. */
function near(text: string, offset: number): string {
  const before = text.slice(Math.max(0, offset - 60), offset);
  const [after = ''] = text.slice(offset, offset + 60).split('\n', 1);
  return before.slice(before.lastIndexOf('\n') + 1) + after;
}

const TOP: Position = { line: 1, column: 1, endLine: 1 };

/** An empty file passes upstream with a warning, as does what is false to Python; nobody means to contribute one. */
function isMapping(root: Node | undefined, report: Report, profile: Profile): root is MappingNode {
  const isUpstream = profile === 'instructlab';
  const position = (isUpstream ? undefined : root?.position) ?? TOP;
  if (root === undefined || isEmpty(root) || (isUpstream && isFalsy(root))) {
    const message =
      'The file holds no contribution. Write `version`, `created_by`, `task_description` and `seed_examples`.';
    report({ rule: 'yaml/empty', severity: isUpstream ? 'note' : 'error', message, yamlPath: '.', position });
    return false;
  }
  if (root.kind === 'mapping') return true;
  const message = `The top level must be keys with values, such as \`version: ${HIGHEST_VERSION}\`, but this is ${describe(root)}.`;
  report({ rule: 'yaml/not-a-mapping', message, yamlPath: '.', position });
  return false;
}

const isEmpty = (node: Node): boolean =>
  (node.kind === 'scalar' && node.type === 'null') || (node.kind === 'mapping' && node.entries.size === 0);

function isFalsy(node: Node): boolean {
  if (node.kind === 'sequence') return node.items.length === 0;
  if (node.kind !== 'scalar') return false;
  const number = node.text.replaceAll('_', '');
  if (node.type === 'boolean') return /^(?:no|false|off)$/i.test(node.text);
  if (node.type === 'integer') return integerOf(number) === 0;
  return node.type === 'float' ? Number(number) === 0 : node.text === '';
}

function checkAgainst(root: MappingNode, kind: LeafKind, version: number | string, { report, profile }: Reader): void {
  const schema = typeof version === 'number' ? schemas[profile][kind][version] : undefined;
  // The reference names no place for these.
  const given = profile === 'assay' ? root.entries.get('version')?.value : undefined;
  const position = profile === 'assay' ? root.position : TOP;
  const place = given ? { yamlPath: '.version', position: given.position } : { yamlPath: '.', position };
  if (schema === undefined) {
    const message = `There is no schema version ${String(version).slice(0, 40)}. Write \`version: ${HIGHEST_VERSION}\`.`;
    report({ rule: 'schema/version', message, ...place, flagged: String(version) });
  } else if (schema === 'deprecated') {
    const message = `Version ${version} is not taken for knowledge any more. Change the file to version ${HIGHEST_VERSION}, which needs a context and at least 3 questions in each example.`;
    report({ rule: 'schema/deprecated-version', message, ...place, flagged: String(version) });
  } else {
    checkSchema(root, schema, '.', report);
  }
}
