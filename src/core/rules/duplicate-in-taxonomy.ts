import { baseExamples } from '../duplicates/base-examples.ts';
import { placedExamples, questionLocation, sharedText } from '../duplicates/placed-example.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** The taxonomy has the example already, in another leaf. */
export const inTaxonomy: Rule = {
  doc: {
    id: 'duplicate/in-taxonomy',
    severity: 'error',
    why: 'The taxonomy has this question with this context already, so adding it teaches the model nothing new.',
    remedy:
      'Look at the example that is there. Replace yours by one that differs, or, if the other one belongs here, move it: take it out there in the same pull request.',
    waiver: 'triage',
    upstream: 'Nothing automatic: duplicates are the most frequent reason that reviewers give in words.',
  },
  check: (contribution, { pullRequest, neighbourhood }) => {
    const { stoodIn, elsewhere } = baseExamples(neighbourhood, pullRequest.files);
    return placedExamples(contribution).flatMap(placed => {
      const twin = stoodIn(placed) ? undefined : elsewhere(placed);
      if (twin === undefined) return [];
      const { path, line, sha } = twin;
      return {
        rule: inTaxonomy.doc.id,
        severity: inTaxonomy.doc.severity,
        message: `${sharedText(placed)} is already in the taxonomy, in ${inCode(path)}, line ${line}. Replace this example by a different one.`,
        location: questionLocation(placed),
        yamlPath: placed.example.question.yamlPath,
        flagged: placed.key,
        related: [{ label: 'the one in the taxonomy', path, line, sha }],
      };
    });
  },
};
