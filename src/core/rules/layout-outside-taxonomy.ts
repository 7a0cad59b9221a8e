import { isInTaxonomy, roleOf } from '../taxonomy.ts';
import { baseName, keptFiles } from './head-files.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** A leaf outside the two trees is not part of the taxonomy. */
export const outsideTaxonomy: Rule = {
  doc: {
    id: 'layout/outside-taxonomy',
    severity: 'error',
    why: 'Only what lies under `compositional_skills/` or `knowledge/` is part of the taxonomy. A `qna.yaml` elsewhere is passed over by the tools and by the workflow.',
    remedy:
      'Move the leaf node, with its `attribution.txt`, into a folder under `compositional_skills/` (something the model should learn to do) or `knowledge/` (facts from a document).',
    waiver: 'maintain',
    upstream: 'Nothing: the workflow looks at the two trees only, so such a pull request shows no error.',
    mistake: { type: 'path', right: 'compositional_skills/writing/limericks/qna.yaml', wrong: 'limericks/qna.yaml' },
  },
  check: (_, facts) =>
    keptFiles(facts)
      .filter(({ path }) => roleOf(path) === 'misplaced' && !isInTaxonomy(path))
      .map(({ path }) => ({
        rule: outsideTaxonomy.doc.id,
        severity: outsideTaxonomy.doc.severity,
        message: `${inCode(path)} lies outside the taxonomy, so it would never be used. ${whereTo(path)}${baseName(path) === 'qna.yaml' ? '' : ' Name it `qna.yaml`.'}`,
        location: { path, line: 1, column: 1 },
        yamlPath: '.',
        flagged: path,
      })),
};

/** The path from the taxonomy's folder on, when the whole tree was put one folder too deep or in other letters. */
function whereTo(path: string): string {
  const [, folder, rest] = /(?:^|\/)(compositional_skills|knowledge)\/(.+)$/i.exec(path) ?? [];
  if (folder === undefined || rest === undefined)
    return 'Move it, with its `attribution.txt`, into a folder of its own under `compositional_skills/` or `knowledge/`.';
  return `Move it to ${inCode(`${folder.toLowerCase()}/${rest}`)}.`;
}
