import { leafNode } from '../contribution.ts';
import { leafKindOf, roleOf } from '../taxonomy.ts';
import { keptFiles } from './head-files.ts';
import type { Rule } from './rule.ts';

/** Git's id of a file without a byte. */
const EMPTY_BLOB = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';
const MESSAGE = '`attribution.txt` says nothing. Write where the text comes from: title, link, licence and creator.';

/** An attribution that says nothing is as good as none. */
export const attributionEmpty: Rule = {
  doc: {
    id: 'attribution/empty',
    severity: 'error',
    why: 'An `attribution.txt` without text says nothing about where the text comes from.',
    remedy:
      'Write title, link, licence and creator of each work you used. For text of your own: your name and `CC-BY-SA-4.0`.',
    waiver: 'maintain',
    upstream: 'An error when the file has no byte; a lone line feed passes there and not here.',
    mistake: { type: 'text', file: 'attribution.txt', right: 'Creator names: Jo Doe', wrong: '' },
  },
  check: ({ attributions }, facts) => {
    const at = (path: string) => ({
      rule: attributionEmpty.doc.id,
      severity: attributionEmpty.doc.severity,
      message: MESSAGE,
      location: { path, line: 1, column: 1 },
      yamlPath: '.',
    });
    const contributed = attributions.filter(({ text }) => isBlank(text)).map(({ path }) => at(path));
    const changed = new Set(facts.pullRequest.files.map(({ path }) => path));
    const inherited = keptFiles(facts)
      .filter(({ path }) => leafKindOf(path) !== undefined && roleOf(path) === 'qna')
      .filter(({ path }) => {
        const attribution = `${leafNode(path)}/attribution.txt`;
        return !changed.has(attribution) && facts.taxonomy.files.get(attribution) === EMPTY_BLOB;
      })
      .map(({ path }) => at(path));
    return [...contributed, ...inherited];
  },
};

/** White space, control characters and marks that nobody can see. */
const isBlank = (text: string): boolean => !/[^\s\p{C}]/u.test(text);
