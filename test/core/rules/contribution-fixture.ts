import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Contribution, Leaf } from '../../../src/core/contribution.ts';
import { searchContexts } from '../../../src/core/documents/context-search.ts';
import { kindOf, matchPatterns } from '../../../src/core/documents/lookup.ts';
import type { DocumentLookup } from '../../../src/core/documents/lookup.ts';
import { parseFiles } from '../../../src/core/parse/contribution.ts';
import type { ProposedPolicy } from '../../../src/core/policy-change.ts';
import { readPolicyFile } from '../../../src/core/policy-file.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import type { ChangedFile } from '../../../src/core/pull-request.ts';
import { POLICY_PATH, readPolicy } from '../../../src/core/read-policy.ts';
import type { Facts } from '../../../src/core/rules/rule.ts';
import { isInTaxonomy } from '../../../src/core/taxonomy.ts';
import { neighbourhoodIn } from './neighbourhood-fixture.ts';
import { addedFiles, blobSha, factsAbout } from './sound-leaf.ts';

/** A pull request in a folder, and all that rules may know of it. */
export type ContributionFixture = {
  /** `layout.file-name/bad-upper-case`. */
  readonly name: string;
  /** The rule that the folder is about. */
  readonly rule: string;
  readonly isBad: boolean;
  readonly contribution: Contribution;
  readonly facts: Facts;
  /** All that a person wrote, paths included, to look excerpts up in. */
  readonly words: string;
};

const commit = z.strictObject({
  subject: z.string().default('Add a leaf'),
  signOff: z.enum(['own', 'other', 'none']).default('own'),
  authorLogin: z.string().default('jo-doe'),
  isMerge: z.boolean().default(false),
  isByBot: z.boolean().default(false),
});

/** What files alone cannot say; all of it may be left out. */
const pullRequestFile = z.strictObject({
  title: z.string().default('Add a leaf'),
  body: z.string().optional(),
  author: z.string().default('jo-doe'),
  commits: z.array(commit).default([commit.parse({})]),
  removed: z.array(z.string()).default([]),
  /** New path to old path. */
  renamed: z.record(z.string(), z.string()).default({}),
  /** When its texts and leaves were first seen in it; the rival's were on 1 May 2024. */
  seenAt: z.string().optional(),
});

const folder = join(import.meta.dirname, '../../fixtures/rules');
const reserved = new Set(['base', 'rival', 'document', 'pull-request.json', 'document.json']);

/** How the lookup of the document ended, or what else is said of the repository in `document/`. */
const documentFile = z.union([
  z.strictObject({ type: z.enum(['unseen', 'moved', 'commit-unseen']) }),
  z.strictObject({ isOnDefaultBranch: z.boolean().default(true), licence: z.string().default('CC-BY-SA-4.0') }),
]);

/**
 * Every contribution under `test/fixtures/rules/<family>.<name>/`: `good…` must not be told of the rule, `bad…` must. A case holds
 * the files that the pull request adds or changes, and if needed `pull-request.json`, `base/` (what the taxonomy holds before, the
 * policy included), `rival/` (another open pull request, of a stranger's), and `document/` (the repository that knowledge is
 * drawn from) or `document.json` (how looking it up ended).
 */
export const contributionFixtures = (): readonly ContributionFixture[] =>
  foldersIn(folder).flatMap(rule => foldersIn(join(folder, rule)).map(name => read(rule, name)));

const foldersIn = (top: string): readonly string[] =>
  readdirSync(top, { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? [entry.name] : []));

function read(rule: string, name: string): ContributionFixture {
  if (!/^(?:good|bad)(?:-|$)/.test(name)) throw new Error(`${rule}/${name} is neither good nor bad.`);
  const top = join(folder, rule, name);
  const about = join(top, 'pull-request.json');
  const text = existsSync(about) ? readFileSync(about, 'utf8') : '{}';
  const { title, body, author, commits, removed, renamed, seenAt } = pullRequestFile.parse(JSON.parse(text));
  const base = textsIn(join(top, 'base'));
  const head = Object.fromEntries(Object.entries(textsIn(top)).filter(([path]) => !isReserved(path)));
  const files = [
    ...addedFiles(head).map((file): ChangedFile => {
      const previousPath = renamed[file.path];
      if (previousPath !== undefined) return { ...file, status: 'renamed', previousPath };
      return base[file.path] === undefined ? file : { ...file, status: 'modified' };
    }),
    ...removed.map((path): ChangedFile => ({ path, status: 'removed', blobSha: '' })),
  ];
  const pullRequest: Facts['pullRequest'] = {
    number: 7,
    title,
    ...(body !== undefined && { body }),
    author: { login: author, id: 70, isBot: false },
    headSha: 'head',
    files,
    commits: {
      listed: commits.map((each, index) => ({
        ...each,
        sha: String(index + 1)
          .repeat(40)
          .slice(0, 40),
      })),
      total: commits.length,
    },
  };
  const contribution = parseFiles(files);
  return {
    name: `${rule}/${name}`,
    rule: rule.replace('.', '/'),
    isBad: name.startsWith('bad'),
    contribution,
    facts: factsAbout(files, {
      pullRequest,
      taxonomy: { sha: 'base', files: taxonomyOf(base) },
      leavesBefore: new Map(parseFiles(addedFiles(base)).leaves.map(leaf => [leaf.path, leaf])),
      neighbourhood: neighbourhoodIn(contribution, base, textsIn(join(top, 'rival')), seenAt),
      policy: base[POLICY_PATH] === undefined ? defaultPolicy : soundPolicy(base[POLICY_PATH]),
      ...(head[POLICY_PATH] !== undefined && { proposedPolicy: proposed(head[POLICY_PATH]) }),
      documents: new Map(contribution.leaves.flatMap(leaf => lookupIn(top, leaf) ?? [])),
    }),
    words: [text, ...Object.entries(head).flat()].join('\n'),
  };
}

/** What the lookup says of a leaf when its repository is the folder `document/`. */
function lookupIn(
  top: string,
  { path, document, examples }: Leaf,
): readonly [readonly [string, DocumentLookup]] | undefined {
  const about = join(top, 'document.json');
  const texts = textsIn(join(top, 'document'));
  if (document === undefined || (!existsSync(about) && Object.keys(texts).length === 0)) return undefined;
  const given = documentFile.parse(existsSync(about) ? JSON.parse(readFileSync(about, 'utf8')) : {});
  if ('type' in given) return [[path, given]];
  const matched = matchPatterns(document.patterns, Object.keys(texts)) ?? [];
  const contexts = examples.flatMap(({ context }) => context ?? []);
  const search = searchContexts(contexts.map(({ value }) => value));
  for (const file of matched.flat()) if (kindOf(file) === 'md') search.read(texts[file] ?? '');
  const shares = contexts.flatMap(({ yamlPath }, index) => {
    const share = search.shares()[index];
    return share === undefined ? [] : [[yamlPath, share] as const];
  });
  const { isOnDefaultBranch, licence } = given;
  const isKnown = licence !== 'none' && licence !== 'other';
  const found = isKnown ? ({ type: 'known', id: licence } as const) : ({ type: licence } as const);
  return [[path, { type: 'found', isOnDefaultBranch, licence: found, matched, shares: new Map(shares) }]];
}

const isReserved = (path: string): boolean => reserved.has(path.split('/', 1)[0] ?? '');

function proposed(text: string): ProposedPolicy {
  const file = readPolicyFile(text);
  return file.type === 'unusable' ? file : { type: 'policy', policy: file.policy };
}

function soundPolicy(text: string) {
  const { policy, problem } = readPolicy(text);
  if (problem !== undefined) throw new Error(problem);
  return policy;
}

function textsIn(top: string): Readonly<Record<string, string>> {
  if (!existsSync(top)) return {};
  const files = readdirSync(top, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return Object.fromEntries(
    files
      .map(entry => join(entry.parentPath, entry.name))
      .sort()
      .map(path => [path.slice(top.length + 1), readFileSync(path, 'utf8')]),
  );
}

const taxonomyOf = (texts: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(texts)
      .filter(([path]) => isInTaxonomy(path))
      .map(([path, text]) => [path, blobSha(text)]),
  );
