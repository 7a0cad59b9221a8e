import { isCommitId } from '../documents/address.ts';
import { concernAt, documentsOf } from './document-parts.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** Branches move and short ids become ambiguous; the text that the contexts come from must not. */
export const documentCommit: Rule = {
  doc: {
    id: 'document/commit',
    severity: 'error',
    why: 'The document must still be the same when data is made from it, so `document.commit` is the whole id of a commit. A commit that is not found, or is not on the default branch, is a question for a triager: GitHub shows the commits of every fork under the name of the repository that it was forked from.',
    remedy: 'Write all 40 digits, as `git rev-parse HEAD` prints them.',
    waiver: 'triage',
    upstream: 'Nothing. A check for 40 digits was proposed (pull request 1374 of the taxonomy) and never merged.',
    frequency: '57 of 348 versions of leaves that name a repository give no whole id (recorded pull requests).',
    mistake: {
      type: 'excerpt',
      right: 'commit: 0123456789abcdef0123456789abcdef01234567',
      wrong: 'commit: 01b3c5d',
    },
  },
  check: (contribution, facts) =>
    documentsOf(contribution, facts).flatMap(({ leaf, document: { commit }, lookup }) => {
      if (commit === undefined) return [];
      const at = concernAt.bind(undefined, documentCommit.doc.id);
      if (!isCommitId(commit.value)) {
        const isShort = /^[0-9a-f]{7,39}$/i.test(commit.value);
        const what = isShort ? 'is only the beginning of a commit’s id' : 'is not the id of a commit';
        const given = inCode(commit.value.slice(0, 60));
        return [
          at('error', leaf, commit, `${given} ${what}. Write all 40 digits, as \`git rev-parse HEAD\` prints them.`),
        ];
      }
      if (lookup?.type === 'commit-unseen')
        return [
          at(
            'question',
            leaf,
            commit,
            'The repository has no such commit. Push it, or write the id of one that is there.',
          ),
        ];
      if (lookup?.type === 'found' && !lookup.isOnDefaultBranch)
        return [
          at(
            'question',
            leaf,
            commit,
            'This commit is not on the default branch of the repository; it may even be one of a fork. Name a commit of the default branch.',
          ),
        ];
      return [];
    }),
};
