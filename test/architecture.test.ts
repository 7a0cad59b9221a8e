import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

/** What a part of `src` may import. Paths are folders or files of `src`; everything else is a package or a Node module. */
type Layer = {
  readonly part: string;
  readonly ours: readonly string[];
  readonly packages?: readonly string[];
  /** Whether Node's own modules may be used. */
  readonly node?: boolean;
};

/** The table of docs/architecture.md. The first row that fits a file holds. */
const layers: readonly Layer[] = [
  {
    part: 'core/',
    ours: ['core/'],
    packages: [
      'yaml',
      'zod',
      '@noble/hashes',
      'mdast',
      'mdast-util-from-markdown',
      'mdast-util-gfm',
      'micromark-extension-gfm',
      'picomatch',
      'spdx-correct',
      'spdx-expression-parse',
    ],
  },
  { part: 'ports.ts', ours: ['core/'] },
  { part: 'outbound.ts', ours: [] },
  { part: 'github/', ours: ['github/', 'core/', 'ports.ts', 'outbound.ts'], packages: ['@octokit', 'zod'], node: true },
  { part: 'llm/', ours: ['llm/', 'core/', 'ports.ts', 'outbound.ts'], packages: ['openai', 'zod', '@noble/hashes'] },
  {
    part: 'store/',
    ours: ['store/', 'core/', 'ports.ts'],
    packages: ['kysely', 'pg', 'pg-boss', '@electric-sql/pglite', 'zod'],
    node: true,
  },
  { part: 'observe/', ours: ['observe/', 'core/'], packages: ['prom-client', '@opentelemetry'] },
  { part: 'parser/', ours: ['parser/', 'core/', 'ports.ts'], packages: ['@secretlint', 'zod'], node: true },
  {
    part: 'server/',
    ours: ['server/', 'config/', 'core/', 'outbound.ts'],
    packages: ['hono', '@hono', 'probot', '@octokit', 'yaml', 'zod'],
    node: true,
  },
  { part: 'config/', ours: ['config/', 'core/'], packages: ['zod'], node: true },
  { part: 'app.ts', ours: ['core/', 'ports.ts'], packages: ['probot', 'zod'] },
  ...[
    'review.ts',
    'worker.ts',
    'publish.ts',
    'leaves-before.ts',
    'neighbourhood.ts',
    'audited-github.ts',
    'policy-of.ts',
    'proposed-policy.ts',
    'documents.ts',
    'answer-commands.ts',
    'hear-commands.ts',
    'merge-group.ts',
    'redeliver-lost.ts',
    'sweep.ts',
    'taking-part.ts',
    'tell-trouble.ts',
  ].map(part => ({
    part,
    ours: [
      'core/',
      'ports.ts',
      'review.ts',
      'publish.ts',
      'leaves-before.ts',
      'neighbourhood.ts',
      'audited-github.ts',
      'policy-of.ts',
      'proposed-policy.ts',
      'documents.ts',
      'answer-commands.ts',
      'hear-commands.ts',
      'merge-group.ts',
      'redeliver-lost.ts',
      'sweep.ts',
      'taking-part.ts',
      'tell-trouble.ts',
    ],
  })),
  { part: 'recorded/', ours: ['recorded/', 'core/', 'ports.ts'], packages: ['zod'], node: true },
];

/** Composition roots: they may import everything, and nobody but a composition root imports them. */
const roots = ['cli/', 'assembly/', 'main.ts'];

/** Names that would make the core depend on when, where or by whom it is run. */
const impurities =
  /\b(?:process\.|Date\.now|new Date\(\)|Math\.random|console\.|fetch\(|setTimeout|setInterval|crypto\.)/;

const root = join(import.meta.dirname, '../src');
const files = globSync('**/*.ts', { cwd: root }).map(path => path.replaceAll('\\', '/'));
const sourceOf = (file: string): string => readFileSync(join(root, file), 'utf8');

const importsOf = (file: string): readonly string[] =>
  [
    ...sourceOf(file).matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s+'([^']+)'|import\(\s*'([^']+)'|(?:^|\n)import '([^']+)'/g,
    ),
  ].map(([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? '');

const isOfPackage = (specifier: string, name: string): boolean =>
  specifier === name || specifier.startsWith(`${name}/`);

/** Why the file may not import this; undefined when it may. */
function objection(file: string, specifier: string): string | undefined {
  const target = specifier.startsWith('.')
    ? normalize(join(dirname(file), specifier)).replaceAll('\\', '/')
    : undefined;
  if (roots.some(part => file.startsWith(part))) return undefined;
  if (target !== undefined && roots.some(part => target.startsWith(part))) return 'nobody imports a composition root';
  const layer = layers.find(({ part }) => file.startsWith(part));
  if (layer === undefined) return 'this file stands in no row of the table';
  if (target !== undefined) {
    return layer.ours.some(part => target.startsWith(part)) ? undefined : `${layer.part} may not import it`;
  }
  if (specifier.startsWith('node:'))
    return layer.node === true ? undefined : `${layer.part} may not use Node's modules`;
  return layer.packages?.some(name => isOfPackage(specifier, name)) === true
    ? undefined
    : `${layer.part} may not use this package`;
}

describe('who may import what', () => {
  test('there is something to look at', () => {
    expect(files).toContain('core/finding.ts');
    expect(importsOf('review.ts')).toContain('./ports.ts');
  });

  test('every import is in the table', () => {
    const objections = files.flatMap(file =>
      importsOf(file).flatMap(specifier => {
        const reason = objection(file, specifier);
        return reason === undefined ? [] : [`${file} imports ${specifier}: ${reason}`];
      }),
    );
    expect(objections).toEqual([]);
  });

  test('the core has no clock, chance, environment, network or console', () => {
    const impure = files.filter(file => file.startsWith('core/') && impurities.test(withoutComments(sourceOf(file))));
    expect(impure).toEqual([]);
  });

  test('requests leave through one file; only the server of our own speaks HTTP beside it', () => {
    const waysOut = /\bfetch\(|\b(?:XMLHttpRequest|WebSocket|EventSource)\b/;
    expect(files.filter(file => waysOut.test(withoutComments(sourceOf(file))))).toEqual(['outbound.ts']);
    const modules = /^(?:node:(?:https?|http2|net|tls|dgram|dns)(?:\/|$)|undici)/;
    expect(files.filter(file => importsOf(file).some(specifier => modules.test(specifier)))).toEqual([
      'server/listen.ts',
    ]);
    // The clients of GitHub and of models bring a `fetch` of their own, unless they are given ours.
    const clients = /\bnew (?:PacedOctokit|Octokit|OpenAI|Probot)\(/g;
    for (const file of files) {
      const source = withoutComments(sourceOf(file));
      const made = source.match(clients)?.length ?? 0;
      expect([file, source.match(/\bfetch: (?:reachOnly|boundedFetch|\(url: string)/g)?.length ?? 0]).toEqual([
        file,
        made,
      ]);
    }
  });

  test('a forbidden import is noticed', () => {
    expect(objection('core/verdict.ts', 'node:fs')).toContain('may not use Node');
    expect(objection('review.ts', './github/github.ts')).toContain('may not import');
    expect(objection('github/github.ts', '../store/database.ts')).toContain('may not import');
    expect(objection('core/verdict.ts', 'openai')).toContain('may not use this package');
    expect(objection('worker.ts', './main.ts')).toBe('nobody imports a composition root');
  });
});

const withoutComments = (source: string): string =>
  source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').replaceAll(/'[^'\n]*'|`[^`]*`/g, "''");
