import { readAttribution } from '../attribution/read.ts';
import type { Contribution, FileAccount } from '../contribution.ts';
import { withSuggestions } from '../fixes/suggest.ts';
import type { ChangedFile } from '../pull-request.ts';
import { roleOf } from '../taxonomy.ts';
import { decode } from './decode.ts';
import { contributionOf, type ParsedFile } from './parsed-file.ts';
import { parseQna, type ParseOptions } from './qna.ts';
import { hasText, parseTextless } from './textless.ts';

/**
 * Reads the changed files of a pull request, in their order. Pure. Every file stands in the account once, and counts as `reviewed`
 * only if all that it can bring was looked at.
 */
export const parseFiles = (files: readonly ChangedFile[], options: ParseOptions = {}): Contribution =>
  contributionOf(files.map(file => parseFile(file, options)));

/** Reads one changed file by its role, or says why it was not read. */
export function parseFile(file: ChangedFile, options: ParseOptions = {}): ParsedFile {
  const { path, content } = file;
  if (content?.type !== 'bytes' || !hasText(file)) return parseTextless(file);
  const role = roleOf(path);
  if (role === 'attribution') return attributed(file, content.bytes);

  // Upstream looks at nothing else in a file with a wrong name.
  if (options.profile === 'instructlab' && !/(?:^|\/)qna\.yaml$/.test(path))
    return { account: { path, role, state: 'reviewed' }, concerns: [] };
  const { leaf, concerns } = parseQna(path, file.blobSha, content.bytes, options);
  // Any other YAML file in the trees has the wrong name, which a rule tells; its schema matters only if it is a contribution.
  const isOther = role === 'misplaced' && (leaf?.examples.length ?? 0) === 0 && !/(?:^|\/)qna\b[^/]*$/i.test(path);
  if (isOther) return { account: { path, role, state: 'reviewed' }, concerns: [] };
  const suggested = options.suggestions === 'none' ? concerns : withSuggestions(path, content.bytes, concerns, options);
  return { account: { path, role, state: 'reviewed' }, concerns: suggested, ...(leaf && { leaf }) };
}

function attributed({ path }: ChangedFile, bytes: Uint8Array): ParsedFile {
  const account: FileAccount = { path, role: 'attribution', state: 'reviewed' };
  const decoded = decode(bytes, 'text');
  if ('text' in decoded) return { account, attribution: readAttribution(path, decoded.text), concerns: [] };
  const { rule, message, position } = decoded.unreadable;
  return { account, concerns: [{ rule, severity: 'error', message, location: { path, ...position }, yamlPath: '.' }] };
}
