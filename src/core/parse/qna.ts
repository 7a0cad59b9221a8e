import type { Leaf, LeafKind } from '../contribution.ts';
import type { Concern } from '../finding.ts';
import { leafKindOf } from '../taxonomy.ts';
import { checkSchema } from './check-schema.ts';
import { decode } from './decode.ts';
import { readDocument } from './document.ts';
import { leafOf } from './leaf.ts';
import { MAX_SYNTAX_CONCERNS } from './limits.ts';
import { linesOf, type Lines } from './lines.ts';
import { describe, type MappingNode, type Node } from './node.ts';
import { reporterFor, type Report } from './reporter.ts';
import type { Fault } from './scan.ts';
import { HIGHEST_VERSION, schemas } from './schema.ts';
import { isEcho } from './syntax-message.ts';
import { declaredVersion } from './version.ts';

/** `highest`: the newest schema, as changed files must have. `document`: the one that the file itself names. */
export type SchemaVersion = 'highest' | 'document';

export type ParseOptions = {
  readonly schemaVersion?: SchemaVersion;
  /** Concerns told of one file; `MAX_CONCERNS` unless room is needed for others. */
  readonly maxConcerns?: number;
};

/** What one `qna.yaml` says, and everything that is wrong with its YAML and its schema. */
export type ParsedQna = { readonly leaf?: Leaf; readonly concerns: readonly Concern[] };

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
  const lines = linesOf(decoded.text);
  const { root, faults, repeatedKeys } = readDocument(decoded.text, lines);
  if (faults.length > 0) {
    reportFaults(faults, lines, report);
    return { concerns: concerns() };
  }
  if (!isMapping(root, report)) return { concerns: concerns() };

  for (const { key, yamlPath, position, first } of repeatedKeys) {
    const message = `\`${key.slice(0, 40)}\` is given twice in the same mapping, first in line ${first.line}. Only this one counts; remove one of them.`;
    report({ rule: 'yaml/duplicate-key', message, yamlPath, position, flagged: key });
  }
  const kind = leafKindOf(path) ?? (root.entries.has('document') ? 'knowledge' : 'skill');
  const version = options.schemaVersion === 'document' ? declaredVersion(root) : HIGHEST_VERSION;
  checkAgainst(root, kind, version, report);
  const number = Number(declaredVersion(root));
  return {
    leaf: leafOf(root, { path, blobSha, kind, version: Number.isNaN(number) ? HIGHEST_VERSION : number }),
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

/** An empty file passes upstream with a warning; nobody means to contribute one. */
function isMapping(root: Node | undefined, report: Report): root is MappingNode {
  const position = root?.position ?? { line: 1, column: 1, endLine: 1 };
  const isEmpty =
    root === undefined ||
    (root.kind === 'scalar' && root.type === 'null') ||
    (root.kind === 'mapping' && root.entries.size === 0);
  if (isEmpty) {
    const message =
      'The file holds no contribution. Write `version`, `created_by`, `task_description` and `seed_examples`.';
    report({ rule: 'yaml/empty', message, yamlPath: '.', position });
    return false;
  }
  if (root.kind === 'mapping') return true;
  const message = `The top level must be keys with values, such as \`version: ${HIGHEST_VERSION}\`, but this is ${describe(root)}.`;
  report({ rule: 'yaml/not-a-mapping', message, yamlPath: '.', position });
  return false;
}

function checkAgainst(root: MappingNode, kind: LeafKind, version: number | string, report: Report): void {
  const schema = typeof version === 'number' ? schemas[kind][version] : undefined;
  const given = root.entries.get('version')?.value;
  const place = given ? { yamlPath: '.version', position: given.position } : { yamlPath: '.', position: root.position };
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
