import { baseExamples } from '../duplicates/base-examples.ts';
import { placedExamples, questionLocation, sharedText } from '../duplicates/placed-example.ts';
import type { PlacedExample } from '../duplicates/placed-example.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** The same example twice in one pull request. */
export const sameExample: Rule = {
  doc: {
    id: 'duplicate/same-example',
    severity: 'error',
    why: 'Each seed example should teach something that the others do not. The same question with the same context, a second time in the file or in another file of the pull request, adds nothing, and does not count towards the minimum.',
    remedy: 'Replace the later one by a different example, or take it out.',
    waiver: 'triage',
    upstream:
      'An error only when question, answer and context are all the same ("has non-unique elements"), and only inside one file.',
    mistake: {
      type: 'text',
      file: 'qna.yaml',
      right: 'question: Write a limerick about rain.',
      wrong: 'question: Write a limerick about a cat.',
    },
  },
  check: (contribution, { pullRequest, neighbourhood }) => {
    const { stoodIn } = baseExamples(neighbourhood, pullRequest.files);
    const groups = Map.groupBy(placedExamples(contribution), ({ key }) => key);
    return [...groups.values()].flatMap(group => {
      if (group.length === 1) return [];
      // Whoever was there before is the original, whatever the order of the files.
      const original = group.find(stoodIn) ?? group[0];
      return original === undefined
        ? []
        : group.filter(placed => placed !== original).map(copy => concernOf(copy, original, pullRequest.headSha));
    });
  },
};

const concernOf = (copy: PlacedExample, original: PlacedExample, sha: string) => {
  const { path, line } = questionLocation(original);
  const place = path === copy.leaf.path ? `on line ${line}` : `in ${inCode(path)}, line ${line}`;
  return {
    rule: sameExample.doc.id,
    severity: sameExample.doc.severity,
    message: `${sharedText(copy)} is already asked ${place}. Replace this example by a different one.`,
    location: questionLocation(copy),
    yamlPath: copy.example.question.yamlPath,
    flagged: copy.key,
    related: [{ label: 'the first of the two', path, line, sha }],
  };
};
