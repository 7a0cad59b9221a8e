import type { Concern } from '../finding.ts';
import { leafNode } from '../contribution.ts';
import { byteLength, thousands } from '../limits.ts';
import { isInTaxonomy, roleOf } from '../taxonomy.ts';
import { keptFiles } from './head-files.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** Names that a tool, a shell or another operating system trips over: blanks, control characters, what Windows forbids. */
const BREAKS = /[\s\p{C}<>:"|?*\\]|^\.{1,2}$|\.$|^$/u;
const USUAL = /^[\p{Ll}\p{Lo}\p{N}_]+$/u;

/** The deepest real leaf lies eight folders down. A path of two thousand would make every look at it slow. */
const MAX_DEPTH = 30;

/** In UTF-8. The longest real path has under 200; some tools and file systems stop at 1,024 or at 260. */
const MAX_PATH_BYTES = 500;

/** Folder names become part of the prompt and of paths in every tool. */
export const directoryName: Rule = {
  doc: {
    id: 'layout/directory-name',
    severity: 'error',
    why: 'The names of the folders become part of the prompt that makes synthetic data, and of paths in every tool. Blanks and control characters break those; upper case and hyphens only stand out (a note). Paths of more than 500 bytes are refused. A leaf without any folder below `knowledge/` or `compositional_skills/` is a question for a triager.',
    remedy: 'Use lower-case words with underscores between them: `traffic_laws_us`.',
    waiver: 'triage',
    upstream: 'Nothing automatic: the contribution guide asks for underscores instead of blanks.',
    mistake: {
      type: 'path',
      right: 'compositional_skills/writing/limericks/qna.yaml',
      wrong: 'compositional_skills/writing/my limericks/qna.yaml',
    },
  },
  check: (_, facts) => {
    const known = foldersOf(facts.taxonomy.files.keys());
    const told = new Set<string>();
    // The leaf itself is the better place to point at than its attribution.
    const files = keptFiles(facts).toSorted((a, b) => Number(isAttribution(a.path)) - Number(isAttribution(b.path)));
    return files.flatMap(({ path }) => {
      if (!isInTaxonomy(path) || roleOf(path) === 'other') return [];
      if (!leafNode(path).includes('/')) return isAttribution(path) ? [] : [homeless(path)];
      const bytes = byteLength(path);
      if (bytes > MAX_PATH_BYTES) return [tooLong(path, bytes)];
      const depth = leafNode(path).split('/').length;
      if (depth > MAX_DEPTH) return [tooDeep(path, depth)];
      // Every folder that this pull request brings is told once, at the first file in it.
      const brought = foldersUp(leafNode(path)).filter(folder => !known.has(folder) && !told.has(folder));
      for (const folder of brought) told.add(folder);
      return brought.flatMap(folder => concernOf(path, folder.slice(folder.lastIndexOf('/') + 1)));
    });
  },
};

const isAttribution = (path: string): boolean => roleOf(path) === 'attribution';

/** Without a folder of its own a leaf has neither a name nor room for another beside it. */
const homeless = (path: string): Concern => ({
  rule: directoryName.doc.id,
  severity: 'question',
  message: `This file lies directly in ${inCode(`${leafNode(path)}/`)}. A leaf node needs folders that say what it is about, such as ${inCode(`${leafNode(path)}/history/egypt/`)}.`,
  location: { path, line: 1, column: 1 },
  yamlPath: '.',
});

const tooLong = (path: string, bytes: number): Concern => ({
  rule: directoryName.doc.id,
  severity: 'error',
  message: `The path of this file has ${thousands(bytes)} bytes, and tools give up on such paths: ${MAX_PATH_BYTES} are allowed. Use shorter names.`,
  location: { path, line: 1, column: 1 },
  yamlPath: '.',
});

const tooDeep = (path: string, depth: number): Concern => ({
  rule: directoryName.doc.id,
  severity: 'error',
  message: `This file lies ${depth} folders deep, where nobody will find it. Leaf nodes lie at most eight deep: move it further up.`,
  location: { path, line: 1, column: 1 },
  yamlPath: '.',
});

function concernOf(path: string, name: string): readonly Concern[] {
  if (USUAL.test(name)) return [];
  const isBroken = BREAKS.test(name);
  const better = name
    .normalize('NFC')
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, '_')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replaceAll(/^_|_$/g, '');
  const remedy = better === '' || better === name ? '' : ` ${inCode(better)} would do.`;
  return [
    {
      rule: directoryName.doc.id,
      severity: isBroken ? 'error' : 'note',
      message: isBroken
        ? `The folder name ${inCode(name)} has characters that tools trip over. Use lower-case words with underscores between them.${remedy}`
        : `Folder names are usually lower-case words with underscores between them; this one is ${inCode(name)}.${remedy}`,
      location: { path, line: 1, column: 1 },
      yamlPath: '.',
      flagged: name,
    },
  ];
}

/** `a/b`, `a/b/c` of `a/b/c`: every folder above and including this one, without the taxonomy's own at the top. */
function foldersUp(folder: string): readonly string[] {
  const parts = folder.split('/').slice(0, MAX_DEPTH);
  return parts.slice(1).map((_, index) => parts.slice(0, index + 2).join('/'));
}

function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths)
    // Once a folder is known, so is every one above it.
    for (let folder = leafNode(path); folder !== '' && !folders.has(folder); folder = leafNode(folder))
      folders.add(folder);
  return folders;
}
