import { concernAt, foundDocumentsOf } from './document-parts.ts';
import type { Rule } from './rule.ts';

/** Of contexts that were copied and then tidied up, nine tenths or more are found. */
const MIN_SHARE = 0.8;

/** What the model learns to answer from must be what the document says. */
export const documentContexts: Rule = {
  doc: {
    id: 'document/contexts',
    severity: 'question',
    why: 'Contexts are copied from the document, so that questions and answers rest on what it says. Compared are runs of five words, without regard to markup, case and punctuation; PDFs are not read.',
    remedy: 'Copy each context word for word from one of the files that `document.patterns` match at the commit.',
    waiver: 'triage',
    upstream: 'Nothing automatic: reviewers open the document.',
    mistake: {
      type: 'excerpt',
      right: 'The lamp of the old lighthouse was lit every evening by a keeper',
      wrong: 'Nobody has ever seen the lamp of that tower burn at night',
    },
  },
  check: (contribution, facts) =>
    foundDocumentsOf(contribution, facts).flatMap(({ leaf, document: { patterns }, lookup }) => {
      const [first] = patterns;
      if (lookup.uncompared !== undefined && first !== undefined) {
        const message = `The contexts were not compared with the document: ${lookup.uncompared}.`;
        return [concernAt(documentContexts.doc.id, 'note', leaf, first, message)];
      }
      const contexts = new Map(leaf.examples.flatMap(({ context }) => (context ? [[context.yamlPath, context]] : [])));
      return [...contexts.values()].flatMap(context => {
        const share = lookup.shares.get(context.yamlPath);
        if (share === undefined || share >= MIN_SHARE) return [];
        const found = share < 0.005 ? 'Nothing' : `Only ${Math.round(share * 100)} %`;
        const message = `${found} of this context was found in the documents that the patterns match. Copy it word for word from one of them.`;
        return [concernAt(documentContexts.doc.id, 'question', leaf, context, message)];
      });
    }),
};
