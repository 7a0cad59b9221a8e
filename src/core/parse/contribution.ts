import type { Attribution, Contribution, FileAccount, Leaf } from '../contribution.ts';
import type { Concern } from '../finding.ts';
import { withSuggestions } from '../fixes/suggest.ts';
import type { ChangedFile } from '../pull-request.ts';
import { isInTaxonomy, isTaxonomyFolder, roleOf } from '../taxonomy.ts';
import { decode } from './decode.ts';
import { MAX_FILE_BYTES } from './limits.ts';
import { parseQna, type ParseOptions } from './qna.ts';

/** What one changed file brings. Plain data: it travels between threads. */
export type ParsedFile = {
  readonly account: FileAccount;
  readonly leaf?: Leaf;
  readonly attribution?: Attribution;
  readonly concerns: readonly Concern[];
};

/**
 * Reads the changed files of a pull request, in their order. Pure. Every file stands in the account once, and counts as `reviewed`
 * only if all that it can bring was looked at.
 */
export const parseFiles = (files: readonly ChangedFile[], options: ParseOptions = {}): Contribution =>
  contributionOf(files.map(file => parseFile(file, options)));

/** Puts the files together again after each was read on its own. */
export const contributionOf = (parsed: readonly ParsedFile[]): Contribution => ({
  leaves: parsed.flatMap(({ leaf }) => leaf ?? []),
  attributions: parsed.flatMap(({ attribution }) => attribution ?? []),
  account: parsed.map(({ account }) => account),
  concerns: parsed.flatMap(({ concerns }) => concerns),
});

/** Whether reading the file takes more than a look at its name: then it belongs in the worker thread. */
export const hasText = ({ path, status, content }: ChangedFile): boolean =>
  status !== 'removed' && content?.type === 'bytes' && roleOf(path) !== 'other';

/** Reads one changed file by its role, or says why it was not read. */
export function parseFile(file: ChangedFile, options: ParseOptions = {}): ParsedFile {
  const { path, status, content } = file;
  const role = roleOf(path);
  if (status === 'removed') return { account: { path, role, state: 'removed' }, concerns: [] };
  if (content?.type === 'symlink' || content?.type === 'submodule') return linked(file, content.type);
  if (role === 'other') return bystander(file);
  if (content === undefined) {
    const reason = 'its content could not be loaded';
    return { account: { path, role, state: 'unread', reason }, concerns: [] };
  }
  if (content.type === 'too-large') {
    const message = `The file has more than ${MAX_FILE_BYTES} bytes and was not read. Split it into several leaf nodes.`;
    return unread(file, 'it is too large', 'yaml/too-large', message);
  }
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

/** A file that counts as read by nobody, with what the contributor can do about it. */
export function unread({ path }: ChangedFile, reason: string, rule: string, message: string): ParsedFile {
  return {
    account: { path, role: roleOf(path), state: 'unread', reason },
    concerns: [{ rule, severity: 'error', message, location: { path, line: 1, column: 1 }, yamlPath: '.' }],
  };
}

/** A link in the trees can stand for a whole leaf node that nobody sees in the pull request, so it is never followed or passed. */
function linked(file: ChangedFile, type: 'symlink' | 'submodule'): ParsedFile {
  const role = roleOf(file.path);
  if (role === 'other' && !isInTaxonomy(file.path)) return bystander(file);
  const what = type === 'symlink' ? 'a symbolic link' : 'a submodule';
  const message = `This is ${what}, not a file. Put the file itself in its place.`;
  return unread(file, `it is ${what}`, 'layout/file-name', message);
}

function attributed({ path }: ChangedFile, bytes: Uint8Array): ParsedFile {
  const account: FileAccount = { path, role: 'attribution', state: 'reviewed' };
  const decoded = decode(bytes, 'text');
  if ('text' in decoded) return { account, attribution: { path, text: decoded.text }, concerns: [] };
  const { rule, message, position } = decoded.unreadable;
  return { account, concerns: [{ rule, severity: 'error', message, location: { path, ...position }, yamlPath: '.' }] };
}

/** A file that is no part of a contribution. One that is added to the trees is said so: nothing there will use it. */
function bystander(file: ChangedFile): ParsedFile {
  const { path, status } = file;
  if (isTaxonomyFolder(path)) {
    const message =
      'The taxonomy has a folder of this name, and this takes its place. Take it out of the pull request.';
    return unread(file, "it takes the place of one of the taxonomy's folders", 'layout/file-name', message);
  }
  const role = roleOf(path);
  if (!isInTaxonomy(path)) return { account: { path, role, state: 'irrelevant' }, concerns: [] };
  const account: FileAccount = { path, role, state: 'reviewed' };
  if (status === 'modified') return { account, concerns: [] };
  const message =
    'Only `qna.yaml` and `attribution.txt` belong here, and nothing uses this file. Take it out of the pull request.';
  const location = { path, line: 1, column: 1 };
  return { account, concerns: [{ rule: 'layout/file-name', severity: 'note', message, location, yamlPath: '.' }] };
}
