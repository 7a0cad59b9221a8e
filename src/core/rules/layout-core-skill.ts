import { leafNode } from '../contribution.ts';
import { roleOf } from '../taxonomy.ts';
import { keptFiles } from './head-files.ts';
import type { Rule } from './rule.ts';

/** Core skills are kept by the project itself. */
export const coreSkill: Rule = {
  doc: {
    id: 'layout/core-skill',
    severity: 'error',
    why: 'Core skills such as mathematics, reasoning and coding (`foundational_skills/`) are kept by the project itself and closed to contributions.',
    remedy:
      'If what you wrote is not a core skill, move the leaf node to `compositional_skills/` or `knowledge/`. Otherwise it cannot be taken.',
    waiver: 'maintain',
    upstream: 'Nothing automatic: the checker is not run there, and triagers turn such pull requests down by hand.',
    mistake: {
      type: 'path',
      right: 'compositional_skills/writing/limericks/qna.yaml',
      wrong: 'foundational_skills/reasoning/limericks/qna.yaml',
    },
  },
  check: (_, facts) => {
    const files = keptFiles(facts).filter(
      ({ path }) => path.startsWith('foundational_skills/') && roleOf(path) !== 'other',
    );
    return [...Map.groupBy(files, ({ path }) => leafNode(path)).values()].map(leaf => ({
      rule: coreSkill.doc.id,
      severity: coreSkill.doc.severity,
      message:
        '`foundational_skills/` holds core skills (mathematics, reasoning, coding), which are closed to contributions. If this is not a core skill, move its folder to `compositional_skills/` or `knowledge/`.',
      location: {
        path: (leaf.find(({ path }) => roleOf(path) !== 'attribution') ?? leaf[0])?.path ?? '',
        line: 1,
        column: 1,
      },
      yamlPath: '.',
    }));
  },
};
