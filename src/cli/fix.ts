import { randomUUID } from 'node:crypto';
import { chmod, lstat, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fixAttribution } from '../core/fixes/fix-attribution.ts';
import { fixText, type Fix } from '../core/fixes/fix-text.ts';
import { parseFile } from '../core/parse/contribution.ts';
import { decode } from '../core/parse/decode.ts';
import type { ParseOptions } from '../core/parse/qna.ts';
import { hasText } from '../core/parse/textless.ts';
import type { ChangedFile } from '../core/pull-request.ts';
import { roleOf } from '../core/taxonomy.ts';
import { count } from './formats/text.ts';
import type { LocalFile } from './local-files.ts';
import { printable } from './terminal.ts';
import type { Paint } from './terminal.ts';

/** What was mended in one file. */
export type FixedFile = { readonly shown: string; readonly fixes: readonly Fix[] };

/**
 * Mends what can be proved safe in the files as they now are, and writes those that are better for it, each whole or not at all.
 * Links, other people's YAML and files that cannot be decoded are left alone. Throws when a file changes meanwhile.
 */
export async function fixFiles(files: readonly LocalFile[], options: ParseOptions): Promise<readonly FixedFile[]> {
  const fixed: FixedFile[] = [];
  for (const { shown, file } of files) {
    if (!hasText(file)) continue;
    const bytes = await readFile(shown);
    const { text, fixes } = fixBytes({ ...file, content: { type: 'bytes', bytes } }, bytes, options);
    if (fixes.length === 0) continue;
    const mark = bytes[0] === 0xef ? '\ufeff' : '';
    await replaceFile(shown, bytes, mark + text);
    fixed.push({ shown, fixes });
  }
  return fixed;
}

function fixBytes(file: ChangedFile, bytes: Uint8Array, options: ParseOptions): ReturnType<typeof fixText> {
  const isAttribution = roleOf(file.path) === 'attribution';
  const decoded = decode(bytes, isAttribution ? 'text' : 'yaml');
  if ('unreadable' in decoded) return { text: '', fixes: [] };
  const { text } = decoded;
  // The reference says nothing of what stands in an attribution.
  if (isAttribution) return options.profile === 'instructlab' ? { text, fixes: [] } : fixAttribution(file.path, text);
  const { concerns } = parseFile(file, { ...options, suggestions: 'none' });
  return concerns.length === 0 ? { text, fixes: [] } : fixText(file.path, text, options);
}

/** Under another name first, so that nobody ever sees half a file. */
async function replaceFile(path: string, before: Uint8Array, after: string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  const { mode } = await lstat(path);
  await writeFile(temporary, after, { flag: 'wx', flush: true });
  try {
    await chmod(temporary, mode);
    if (!(await readFile(path)).equals(before))
      throw new Error(`${JSON.stringify(path)} changed while it was being mended, so it was left alone.`);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** A line for each thing that was mended, from the top of each file down, then the count. */
export function formatFixes(fixed: readonly FixedFile[], paint: Paint): string {
  const lines = fixed.flatMap(({ shown, fixes }) =>
    fixes
      .toSorted((a, b) => a.line - b.line)
      .map(({ line, rule, message }) => {
        const place = paint('bold', `${printable(shown)}:${line}`);
        return `${place} ${paint('green', 'fixed')} ${paint('dim', rule)} ${printable(message)}`;
      }),
  );
  const last =
    fixed.length === 0
      ? 'Nothing could be fixed safely.'
      : `${count(lines.length, 'fix', 'fixes')} in ${count(fixed.length, 'file')}.`;
  return `${[...lines, last].join('\n')}\n`;
}
