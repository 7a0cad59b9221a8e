import { inCode } from './in-code.ts';
import { saysNothing } from './empty-title.ts';
import type { Rule } from './rule.ts';

/** The title is what triagers choose by. */
export const title: Rule = {
  doc: {
    id: 'contribution/title',
    severity: 'note',
    why: 'Triagers see the title first, and a title such as "Create qna.yaml" says nothing about what is contributed. GitHub proposes it from the first commit.',
    remedy: 'Edit the title: say what the model learns, such as "Skill: rewrite recipes for two persons".',
    waiver: 'triage',
    upstream: 'Nothing automatic; the contribution guide asks for an explicit title.',
    mistake: { type: 'excerpt', right: '"title": "Skill: write limericks"', wrong: '"title": "Create qna.yaml"' },
  },
  check: (_, { pullRequest: { title: given } }) => {
    const shown = given?.trim().slice(0, 80);
    if (shown === undefined || !saysNothing(shown)) return [];
    return [
      {
        rule: title.doc.id,
        severity: title.doc.severity,
        message: `The title ${inCode(shown)} does not say what the model learns. Edit it, so that triagers find it.`,
        location: { path: '', line: 1, column: 1 },
        yamlPath: '.',
        flagged: shown,
      },
    ];
  },
};
