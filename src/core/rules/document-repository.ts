import { readAddress } from '../documents/address.ts';
import type { DocumentLookup } from '../documents/lookup.ts';
import { concernAt, documentsOf } from './document-parts.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** Whoever makes data from the leaf fetches the document from there. */
export const documentRepository: Rule = {
  doc: {
    id: 'document/repository',
    severity: 'error',
    why: 'Data is made from the document, which is fetched from the public repository that `document.repo` names. An address of another form is an error. That a repository is not found, has moved or cannot be looked at is a question for a triager.',
    remedy: 'Write the `https://` address of a public repository, without user, port or path into it.',
    waiver: 'triage',
    upstream: 'Nothing: whoever makes data from the leaf sees git fail.',
    frequency:
      '28 of 348 versions of leaves that name a repository have an address of another form (recorded pull requests).',
    mistake: {
      type: 'excerpt',
      right: 'repo: https://github.com/jo-doe/lighthouses',
      wrong: 'repo: git@github.com:jo-doe/lighthouses.git',
    },
  },
  check: (contribution, facts) =>
    documentsOf(contribution, facts).flatMap(({ leaf, document: { repo }, lookup }) => {
      if (repo === undefined) return [];
      const at = concernAt.bind(undefined, documentRepository.doc.id);
      const read = readAddress(repo.value);
      if (read.type === 'objection')
        return [at('error', leaf, repo, `${inCode(repo.value.slice(0, 100))} ${read.objection}.`)];
      const told = lookup && tellOf(lookup);
      return told === undefined ? [] : [at(told.severity, leaf, repo, told.message)];
    }),
};

function tellOf(lookup: DocumentLookup): { severity: 'question' | 'note'; message: string } | undefined {
  switch (lookup.type) {
    case 'not-looked-up':
      return { severity: lookup.severity, message: `This document was not looked at: ${lookup.reason}.` };
    case 'unseen':
      return {
        severity: 'question',
        message: 'No public repository is seen at this address. Check its spelling, and that everybody can read it.',
      };
    case 'moved':
      return {
        severity: 'question',
        message: 'The repository at this address was renamed or moved. Write the address that it has now.',
      };
    case 'commit-unseen':
    case 'found':
      return undefined;
  }
}
