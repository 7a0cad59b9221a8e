import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, sep } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pack, unpack } from './packed.ts';

const project = join(import.meta.dirname, '..');
const fixtures = join(import.meta.dirname, 'fixtures/contributions');

/** An empty folder with the package in it, as `npm install` leaves it; the dependencies are the project's own. */
let folder: string;
let installed: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-package-'));
  installed = join(folder, 'node_modules/assay-taxonomy');
  const tarball = pack(folder);
  unpack(tarball, join(folder, 'unpacked'));
  unpack(tarball, installed);
  symlinkSync(join(project, 'node_modules'), join(installed, 'node_modules'), 'junction');
  mkdirSync(join(folder, 'node_modules/.bin'));
  chmodSync(join(installed, 'bin/assay.js'), 0o755);
  symlinkSync('../assay-taxonomy/bin/assay.js', join(folder, 'node_modules/.bin/assay'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs `npx assay` there, under the Node that runs the tests. */
const assay = (...args: readonly string[]) =>
  spawnSync('npx', ['--no-install', 'assay', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}` },
  });

const manifest = (path: string): { version: string; dependencies: Record<string, string>; bin: object } =>
  JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));

test('the package holds what is run and read, and nothing that is for building it', () => {
  const files = globSync('**', { cwd: installed, exclude: ['node_modules'] }).filter(path =>
    /\.\w+$|LICENSE$/.test(path),
  );
  const tops = new Set(files.map(path => path.split(sep)[0]));
  expect(tops).toEqual(new Set(['LICENSE', 'README.md', 'app.yml', 'bin', 'dist', 'docs', 'package.json']));
  expect(files.filter(path => /\.ts$|\.test\.|(^|\/)\.env/.test(path))).toEqual([]);
  expect(manifest(installed).dependencies).toEqual(manifest(project).dependencies);
  expect(Object.keys(manifest(installed).dependencies).filter(name => /^node-|runtime/.test(name))).toEqual([]);
});

test('a package that publint finds nothing about', async () => {
  const { messages } = await publint({ pkgDir: join(folder, 'unpacked'), pack: false });
  expect(messages).toEqual([]);
});

/** What a compiled file imports by name: statically, for its effects, or when it is needed. */
const IMPORT = /(?:^(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?|\bimport\()['"]([^.'"][^'"]*)['"]/gm;

test('all that it imports is among its dependencies', () => {
  const { dependencies } = manifest(installed);
  const imported = globSync('dist/**/*.js', { cwd: installed }).flatMap(path =>
    [...readFileSync(join(installed, path), 'utf8').matchAll(IMPORT)].map(([, name = '']) => name),
  );
  const packages = imported
    .filter(name => !name.startsWith('node:') && !builtinModules.includes(name))
    .map(name =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  expect(packages).toContain('probot');
  expect([...new Set(packages)].filter(name => dependencies[name] === undefined)).toEqual([]);
});

test('`npx assay` runs: its version, and a check that finds what is to be found', () => {
  expect(assay('--version')).toMatchObject({ status: 0, stdout: `${manifest(project).version}\n` });
  expect(assay('check', join(fixtures, 'ok.freeform-skill'))).toMatchObject({ status: 0 });

  const { status, stdout } = assay('check', '--format', 'json', join(fixtures, 'ng.too-few-items'));
  const report: { findings: readonly { rule: string }[] } = JSON.parse(stdout);
  expect(status).toBe(1);
  expect(report.findings.map(({ rule }) => rule)).toContain('schema/too-few-items');
}, 60_000);

test('`npx assay serve` starts as far as it can without an App', () => {
  const env = { ...process.env, NODE_ENV: 'production', APP_ID: '', PRIVATE_KEY: '' };
  const { status, stderr } = spawnSync(process.execPath, [join(installed, 'bin/assay.js'), 'serve'], {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  expect(status).toBe(2);
  expect(stderr).toContain('Set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET');
});

/** The machine's own Node: the first on the path that npm did not put there. */
const own = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter(path => !path.includes('node_modules') && path !== dirname(process.execPath))
  .map(path => join(path, 'node'))
  .find(path => existsSync(path));
const ownVersion = own === undefined ? 'none' : execFileSync(own, ['--version'], { encoding: 'utf8' }).trim();
const isOld = own !== undefined && Number(/\d+/.exec(ownVersion)?.[0]) < 24;

test.skipIf(!isOld)(`under the machine's own Node (${ownVersion}), one sentence says what it needs`, () => {
  const { status, stdout, stderr } = spawnSync(own ?? '', [join(installed, 'bin/assay.js'), 'check', fixtures], {
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe(`Assay needs Node.js 24 or newer; this is ${ownVersion}. See https://nodejs.org.\n`);
});
