import { fieldNames, guideKeys } from '../attribution/field-names.ts';
import { leafNode } from '../contribution.ts';
import { leafKindOf, roleOf } from '../taxonomy.ts';
import { baseName, headFiles, keptFiles, siblingsOf } from './head-files.ts';
import { inCode } from './in-code.ts';
import type { Facts, Rule } from './rule.ts';

/** Without attribution nobody can tell whether the text may be used. */
export const attributionMissing: Rule = {
  doc: {
    id: 'attribution/missing',
    severity: 'error',
    why: 'Every leaf node says where its text comes from and under which licence, in a file `attribution.txt` beside its `qna.yaml`. That holds for text of your own, too.',
    remedy:
      'Add `attribution.txt` in the same folder, with title, link, licence and creator of each work you used. For text of your own: your name and `CC-BY-SA-4.0`.',
    waiver: 'maintain',
    upstream: 'An error in the workflow when the file does not exist; only files of schema version 1 may go without.',
    mistake: { type: 'absent', file: 'attribution.txt' },
  },
  check: (_, facts) => {
    const exists = headFiles(facts);
    const siblings = siblingsOf(facts);
    return leavesToAttribute(facts, exists)
      .filter(path => !exists(`${leafNode(path)}/attribution.txt`))
      .map(path => {
        const alike = siblings(leafNode(path)).find(sibling => looksLikeAttribution(baseName(sibling)));
        return {
          rule: attributionMissing.doc.id,
          severity: attributionMissing.doc.severity,
          message:
            alike === undefined
              ? 'There is no `attribution.txt` beside this file. Add one with title, link, licence and creator of the source; for text of your own, your name and a licence.'
              : `There is no \`attribution.txt\` beside this file, but there is ${inCode(baseName(alike))}. Rename that to \`attribution.txt\`.`,
          location: { path, line: 1, column: 1 },
          yamlPath: '.',
          ...(alike === undefined && { newFile: { path: `${leafNode(path)}/attribution.txt`, text: formFor(path) } }),
        };
      });
  },
};

/** The keys that the guides ask for, without a word about the work: that only the contributor knows. */
const formFor = (path: string): string =>
  fieldNames
    .filter(name => name !== 'revision' || leafKindOf(path) === 'knowledge')
    .map(name => `${guideKeys[name]}: \n`)
    .join('');

/** Changed leaves, and unchanged ones whose attribution is taken away. Files with a wrong name count: one round should do. */
function leavesToAttribute(facts: Facts, exists: (path: string) => boolean): readonly string[] {
  const changed = keptFiles(facts).filter(({ path }) => leafKindOf(path) !== undefined && isMeantAsLeaf(path));
  const bereft = facts.pullRequest.files
    .flatMap(({ status, path, previousPath }) => (status === 'removed' ? [path] : (previousPath ?? [])))
    .filter(path => leafKindOf(path) !== undefined && roleOf(path) === 'attribution')
    .map(path => `${leafNode(path)}/qna.yaml`)
    .filter(exists);
  return [...new Set([...changed.map(({ path }) => path), ...bereft])];
}

const isMeantAsLeaf = (path: string): boolean =>
  roleOf(path) === 'qna' || (roleOf(path) === 'misplaced' && /^qna\b/i.test(baseName(path)));

/** A name that was meant to be `attribution.txt`. */
export const looksLikeAttribution = (name: string): boolean => /attribut/i.test(name) && name !== 'attribution.txt';
