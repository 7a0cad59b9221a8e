import { concernAt, foundDocumentsOf } from './document-parts.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** The repository's own licence is one more thing that says whether the text may be used. */
export const documentLicence: Rule = {
  doc: {
    id: 'document/licence',
    severity: 'question',
    why: 'The document is used under the licence of the work, which `attribution.txt` names. A repository whose own licence is not an accepted one may contradict that. A repository without a licence is only noted: many hold a copy of somebody else’s work.',
    remedy:
      'Take the document from a repository under an accepted licence, or say in `attribution.txt` why the text may be used.',
    waiver: 'maintain',
    upstream: 'Nothing automatic: triagers read `attribution.txt`.',
  },
  check: (contribution, facts) =>
    foundDocumentsOf(contribution, facts).flatMap(({ leaf, document: { repo }, lookup: { licence } }) => {
      if (repo === undefined) return [];
      const at = concernAt.bind(undefined, documentLicence.doc.id);
      if (licence.type === 'none')
        return [
          at(
            'note',
            leaf,
            repo,
            'GitHub finds no licence in this repository. What counts is what `attribution.txt` says.',
          ),
        ];
      if (licence.type !== 'known')
        return [
          at('question', leaf, repo, 'GitHub does not know the licence of this repository. A triager has to read it.'),
        ];
      if (facts.policy.attribution.acceptedLicences.includes(licence.id)) return [];
      const message = `GitHub says that this repository is under ${inCode(licence.id)}, which is not among the accepted licences. Say in \`attribution.txt\` why the text may be used.`;
      return [at('question', leaf, repo, message)];
    }),
};
