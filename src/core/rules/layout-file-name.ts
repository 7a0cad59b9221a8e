import { isInTaxonomy, leafKindOf, roleOf } from '../taxonomy.ts';
import { baseName, keptFiles } from './head-files.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** Tools look at `qna.yaml` and at nothing else, so a file of another name is never used. */
export const fileName: Rule = {
  doc: {
    id: 'layout/file-name',
    severity: 'error',
    why: 'The tools that read the taxonomy look for files that are named exactly `qna.yaml`, in lower case. Any other name is passed over, and what you wrote would never be used. A link in place of a file counts too.',
    remedy: 'Rename the file to `qna.yaml`. If a folder holds several, give each a folder of its own.',
    waiver: 'nobody',
    upstream:
      'An error for other `.yaml` and `.yml` files ("Taxonomy file must be named "qna.yaml""). It does not see `qna.yaml.txt` and `qna.txt`.',
    mistake: { type: 'path', right: 'qna.yaml', wrong: 'qna.yml' },
  },
  check: (_, facts) =>
    keptFiles(facts)
      .filter(({ path }) => roleOf(path) === 'misplaced' && isInTaxonomy(path) && leafKindOf(path) !== undefined)
      .map(({ path }) => ({
        rule: fileName.doc.id,
        severity: fileName.doc.severity,
        message: `This file must be named exactly \`qna.yaml\`, but it is ${inCode(baseName(path))}. Rename it.`,
        location: { path, line: 1, column: 1 },
        yamlPath: '.',
        flagged: baseName(path),
      })),
};
