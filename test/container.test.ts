import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

/** Instructions of the last stage: what runs. Lines that go on are one. */
const instructions = read('Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter(line => line.trim() !== '')
  .map(line => ({ name: line.split(' ')[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }));
const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));

// No container can be built where these tests run; what can be read of the files is held here.
describe('the image', () => {
  test('runs as nobody in particular, tells its health without a shell, and is ended as the server wants it', () => {
    expect(last.findLast(({ name }) => name === 'USER')?.rest).toBe('node');
    expect(last.find(({ name }) => name === 'STOPSIGNAL')?.rest).toBe('SIGTERM');
    expect(last.find(({ name }) => name === 'HEALTHCHECK')?.rest).toMatch(/CMD \["node", "-e", "fetch\(.*\/readyz/);
    expect(last.find(({ name }) => name === 'ENTRYPOINT')?.rest).toBe('["node", "bin/assay.js"]');
    expect(last.filter(({ name, rest }) => name === 'RUN' && /apt|curl|wget|npm/.test(rest))).toEqual([]);
  });

  test('has the Node that the package asks for, and runs no script of a package while it is built', () => {
    const { engines } = z.object({ engines: z.object({ node: z.string() }) }).parse(JSON.parse(read('package.json')));
    const needed = /\d+/.exec(engines.node)?.[0];
    const bases = instructions.filter(({ name }) => name === 'FROM').map(({ rest }) => rest.split(' ')[0]);
    expect(new Set(bases)).toEqual(new Set([`node:${needed}-bookworm-slim`]));
    const installs = instructions.filter(({ rest }) => rest.includes('npm ci'));
    expect(installs.length).toBeGreaterThan(0);
    expect(installs.every(({ rest }) => rest.includes('--ignore-scripts'))).toBe(true);
  });

  test('is made of files that are there and that .dockerignore lets through', () => {
    const lines = read('.dockerignore').split('\n');
    const through = new Set(lines.filter(line => line.startsWith('!')).map(line => line.slice(1)));
    const copied = instructions
      .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from'))
      .flatMap(({ rest }) => rest.split(' ').slice(0, -1));
    expect(copied.filter(path => !existsSync(join(root, path)))).toEqual([]);
    expect(copied.filter(path => !through.has(path))).toEqual([]);
  });
});

const composeFile = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      environment: z.record(z.string(), z.string()),
      read_only: z.boolean().optional(),
      cap_drop: z.array(z.string()).optional(),
      tmpfs: z.array(z.string()).optional(),
      ports: z.array(z.string()).optional(),
      stop_grace_period: z.string().optional(),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
      healthcheck: z.looseObject({}).optional(),
    }),
  ),
});

test('composed with PostgreSQL it can write nowhere but /tmp, waits for the database, is not open to the world, and holds no secret', () => {
  const text = read('compose.yaml');
  const { assay, database } = composeFile.parse(parse(text)).services;
  expect(assay).toMatchObject({ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'] });
  expect(assay?.depends_on).toEqual({ database: { condition: 'service_healthy' } });
  expect(database?.healthcheck).toBeDefined();
  expect(assay?.ports?.every(port => port.startsWith('127.0.0.1:'))).toBe(true);
  // Longer than the server takes to finish what it does.
  expect(Number.parseInt(assay?.stop_grace_period ?? '0', 10)).toBeGreaterThan(30);
  expect(text.match(/PASSWORD: (?!\$\{)/g)).toBeNull();
});
