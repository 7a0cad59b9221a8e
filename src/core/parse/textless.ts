import type { ChangedFile } from '../pull-request.ts';
import { isInTaxonomy, isTaxonomyFolder, roleOf } from '../taxonomy.ts';
import { MAX_FILE_BYTES } from './limits.ts';
import { unread, type ParsedFile } from './parsed-file.ts';

/** Whether reading the file takes more than a look at its name: then it belongs in the worker thread. */
export const hasText = ({ path, status, content }: ChangedFile): boolean =>
  status !== 'removed' && content?.type === 'bytes' && roleOf(path) !== 'other';

/** What a file brings that `hasText` says no to: nothing, and why. */
export function parseTextless(file: ChangedFile): ParsedFile {
  const { path, status, content } = file;
  const role = roleOf(path);
  if (status === 'removed') return { account: { path, role, state: 'removed' }, concerns: [] };
  if (content?.type === 'symlink' || content?.type === 'submodule') return linked(file, content.type);
  if (role === 'other') return bystander(file);
  if (content?.type === 'too-large') {
    const message = `The file has more than ${MAX_FILE_BYTES} bytes and was not read. Split it into several leaf nodes.`;
    return unread(file, 'it is too large', 'yaml/too-large', message);
  }
  return { account: { path, role, state: 'unread', reason: 'its content could not be loaded' }, concerns: [] };
}

/** A link in the trees can stand for a whole leaf node that nobody sees in the pull request, so it is never followed or passed. */
function linked(file: ChangedFile, type: 'symlink' | 'submodule'): ParsedFile {
  const role = roleOf(file.path);
  if (role === 'other' && !isInTaxonomy(file.path)) return bystander(file);
  const what = type === 'symlink' ? 'a symbolic link' : 'a submodule';
  const message = `This is ${what}, not a file. Put the file itself in its place.`;
  return unread(file, `it is ${what}`, 'layout/file-name', message);
}

/** A file that is no part of a contribution. One in the place of a whole folder is refused; of others in the trees the rule `layout/other-file` tells. */
function bystander(file: ChangedFile): ParsedFile {
  const { path } = file;
  if (isTaxonomyFolder(path)) {
    const message =
      'The taxonomy has a folder of this name, and this takes its place. Take it out of the pull request.';
    return unread(file, "it takes the place of one of the taxonomy's folders", 'layout/file-name', message);
  }
  const role = roleOf(path);
  return { account: { path, role, state: isInTaxonomy(path) ? 'reviewed' : 'irrelevant' }, concerns: [] };
}
