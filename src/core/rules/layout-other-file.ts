import { isInTaxonomy, isTaxonomyFolder, roleOf } from '../taxonomy.ts';
import { looksLikeAttribution } from './attribution-missing.ts';
import { baseName, keptFiles } from './head-files.ts';
import type { Rule } from './rule.ts';

/** The trees hold leaves and nothing else. */
export const otherFile: Rule = {
  doc: {
    id: 'layout/other-file',
    severity: 'question',
    why: 'Only `qna.yaml` and `attribution.txt` belong into the trees. Nothing uses other files there, and documents that knowledge is drawn from live in a repository of their own.',
    remedy:
      'Take the file out of the pull request. Put documents into a repository that `document.repo` names, and notes for reviewers into the description.',
    waiver: 'triage',
    upstream: 'Nothing automatic; the maintainers do not want README files in the trees.',
    frequency: 'Documents in 3 to 4 % of the pull requests up to August 2024, in none later (907 heads counted).',
    mistake: {
      type: 'excerpt',
      right: 'docs/how_i_tested.md',
      wrong: 'compositional_skills/writing/limericks/README.md',
    },
  },
  check: (_, facts) =>
    keptFiles(facts)
      .filter(
        ({ path, status, content }) =>
          status !== 'modified' &&
          isInTaxonomy(path) &&
          roleOf(path) === 'other' &&
          // Told by others: links, what takes a folder's place, and a misspelt attribution.
          content?.type !== 'symlink' &&
          content?.type !== 'submodule' &&
          !isTaxonomyFolder(path) &&
          !looksLikeAttribution(baseName(path)),
      )
      .map(({ path }) => ({
        rule: otherFile.doc.id,
        severity: otherFile.doc.severity,
        message:
          'Only `qna.yaml` and `attribution.txt` belong here, and nothing uses this file. Take it out of the pull request.',
        location: { path, line: 1, column: 1 },
        yamlPath: '.',
      })),
};
