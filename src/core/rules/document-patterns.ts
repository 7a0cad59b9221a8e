import { MAX_PATTERNS, objectionTo } from '../documents/patterns.ts';
import { concernAt, documentsOf } from './document-parts.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** Without a file there is nothing to make data from. */
export const documentPatterns: Rule = {
  doc: {
    id: 'document/patterns',
    severity: 'error',
    why: 'Each of `document.patterns` names files of the repository, with `*` and `?` as wildcards. One that leads out of the repository is refused; one that matches no file at the commit would make the pipeline stop.',
    remedy:
      'Write paths from the top of the repository, spelt as they are there: `docs/lighthouses.md` or `docs/*.md`.',
    waiver: 'triage',
    upstream: 'Nothing: `ilab` stops when no file matches.',
    mistake: { type: 'excerpt', right: '- guide/*.md', wrong: '- ../guide/*.md' },
  },
  check: (contribution, facts) =>
    documentsOf(contribution, facts).flatMap(({ leaf, document: { patterns }, lookup }) =>
      patterns.flatMap((pattern, index) => {
        const at = concernAt.bind(undefined, documentPatterns.doc.id, 'error', leaf, pattern);
        const named = `The pattern ${inCode(pattern.value.slice(0, 100))}`;
        if (index >= MAX_PATTERNS)
          return index > MAX_PATTERNS ? [] : [at(`There are more than ${MAX_PATTERNS} patterns. Use wildcards.`)];
        const objection = objectionTo(pattern.value);
        if (objection !== undefined) return [at(`${named} ${objection}`)];
        if (lookup?.type !== 'found' || lookup.matched[index]?.length !== 0) return [];
        return [
          at(
            `${named} matches no file of the repository at this commit. Check the spelling, upper and lower case too.`,
          ),
        ];
      }),
    ),
};
