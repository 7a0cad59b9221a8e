import { leafNode } from '../contribution.ts';
import { isInTaxonomy, roleOf } from '../taxonomy.ts';
import { inCode } from './in-code.ts';
import { newLeaves } from './new-leaves.ts';
import type { Rule } from './rule.ts';

/** New leaves and moves of old ones in one pull request. */
export const reorganisation: Rule = {
  doc: {
    id: 'contribution/reorganisation',
    severity: 'question',
    why: 'The pull request adds leaves and also moves or removes others. The two are decided by different people, so neither can be taken before the other.',
    remedy: 'Move or remove leaves in a pull request of its own.',
    waiver: 'triage',
    upstream: 'Nothing automatic; triagers ask to split such pull requests.',
  },
  check: (contribution, facts) => {
    const added = newLeaves(contribution, facts);
    if (added.length === 0) return [];
    const folders = facts.pullRequest.files
      .filter(({ status }) => status === 'renamed' || status === 'removed')
      .map(({ path, previousPath }) => previousPath ?? path)
      .filter(path => isInTaxonomy(path) && roleOf(path) === 'qna' && facts.taxonomy.files.has(path))
      .map(leafNode);
    const [first] = folders;
    if (first === undefined) return [];
    const others = folders.length === 1 ? '' : ` and ${folders.length - 1} more`;
    return [
      {
        rule: reorganisation.doc.id,
        severity: reorganisation.doc.severity,
        message: `This pull request adds ${added.length === 1 ? 'a leaf' : `${added.length} leaves`} and also moves or removes ${inCode(first)}${others}. Please do that in a pull request of its own.`,
        location: { path: '', line: 1, column: 1 },
        yamlPath: '.',
      },
    ];
  },
};
