/**
 * `npm run test:package`: packs the project, installs the tarball with its dependencies from the registry in an empty folder, and runs
 * it there. Needs the network, so it is no part of `npm test`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from './packed.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-install-'));
const tarball = pack(folder);
writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
const run = (command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();

const say = (text: string): boolean => process.stdout.write(`${text}\n`);
say(run('npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', tarball));
say(`installed: ${run('du', '-sh', 'node_modules').split('\t')[0] ?? ''}`);
say(`npx assay --version: ${run('npx', '--no-install', 'assay', '--version')}`);
say(run('npx', '--no-install', 'assay', 'check', join(import.meta.dirname, 'fixtures/contributions/ok.knowledge')));
rmSync(folder, { recursive: true });
