import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { readRecording } from '../../src/recorded/recording.ts';
import type { Figure } from './figures.ts';

const recorded = join(import.meta.dirname, '../../../shared/taxonomy-prs');
const entry = join(import.meta.dirname, '../../bin/assay.js');

/** Says at its end how much memory it had at most, in kilobytes. */
const TELL_MEMORY = `data:text/javascript,${encodeURIComponent(
  `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'));`,
)}`;

/** `assay check` over every real leaf that was ever proposed, as one folder. Nothing when the recorded pull requests are absent. */
export async function checkRealFiles(folder: string): Promise<readonly Figure[]> {
  if (!existsSync(recorded)) {
    return [{ what: '`assay check` over real files', value: `skipped: there is no ${recorded}` }];
  }
  const { files, bytes } = await rebuild(folder);
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', TELL_MEMORY, entry, 'check', '--format', 'json', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const seconds = (performance.now() - started) / 1000;
  const report: { files: readonly unknown[]; findings: readonly unknown[] } = JSON.parse(out);
  const peak = Number(/peak (\d+)/.exec(err)?.[1]) / 1024;
  return [
    {
      what: '`assay check` over real files, start of the process included',
      value: `${Math.round(report.files.length / seconds)} files a second (${files} leaves, ${(bytes / 1e6).toFixed(1)} MB, ${report.findings.length} findings, ${seconds.toFixed(1)} s)`,
    },
    { what: 'peak memory of that', value: `${Math.round(peak)} MB` },
  ];
}

/** Every version of every file at the head of a pull request, in a folder of its own for each pull request. */
async function rebuild(folder: string): Promise<{ readonly files: number; readonly bytes: number }> {
  const { pullRequests, blobOf } = await readRecording(recorded);
  let files = 0;
  let bytes = 0;
  for (const { number, files: changed } of pullRequests) {
    for (const { path, sha256 } of changed) {
      const blob = blobOf(sha256 ?? '');
      if (blob === undefined) continue;
      const target = join(folder, String(number), path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, blob.bytes);
      bytes += blob.bytes.length;
      if (path.endsWith('/qna.yaml')) files++;
    }
  }
  return { files, bytes };
}
