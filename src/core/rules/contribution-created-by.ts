import { NOBODY } from '../same-account.ts';
import type { Leaf } from '../contribution.ts';
import type { Concern } from '../finding.ts';
import { newLeaves } from './new-leaves.ts';
import type { Facts, Rule } from './rule.ts';

/** Whose leaf it is. */
export const createdBy: Rule = {
  doc: {
    id: 'contribution/created-by',
    severity: 'error',
    why: '`created_by` is the GitHub user name of whoever wrote the leaf, so that it can be found again. A full name, an address or a list of people names no account. A user name other than the author’s is only noted.',
    remedy: 'Write one GitHub user name, without `@`. Name the others in `attribution.txt`.',
    waiver: 'maintain',
    upstream: 'Nothing automatic: the schema asks for any text, the guides for a GitHub user name.',
    frequency: 'No user name in 3 to 10 % of the pull requests up to August 2024, in 1 % later (907 heads counted).',
    mistake: { type: 'text', file: 'qna.yaml', right: 'created_by: jo-doe', wrong: 'created_by: Jo Doe' },
  },
  check: (contribution, facts) => newLeaves(contribution, facts).flatMap(leaf => concernOf(leaf, facts)),
};

/** Up to 39 letters, digits and hyphens; accounts of a company have an underscore too, old ones a hyphen at the end. */
const LOGIN = /^[a-z0-9][a-z0-9_-]{0,38}$/i;

function concernOf({ path, createdBy: field }: Leaf, { pullRequest: { author } }: Facts): readonly Concern[] {
  if (field === undefined) return [];
  const { value, yamlPath, line, column } = field;
  const given = value.trim();
  const at = { rule: createdBy.doc.id, location: { path, line, column }, yamlPath, flagged: given };
  const login = given.replace(/^@/, '');
  if (!LOGIN.test(given))
    return [
      {
        ...at,
        severity: 'error',
        message: LOGIN.test(login)
          ? `\`created_by\` is a GitHub user name without anything around it. Write \`${login}\`.`
          : '`created_by` must be one GitHub user name, which has letters, digits and hyphens and no blanks. Name other people in `attribution.txt`.',
      },
    ];
  // A deleted account, or files without a pull request: nobody to compare with. Names that are no logins stand for people unknown.
  if (author === undefined || author.id === NOBODY || author.isBot || !LOGIN.test(author.login)) return [];
  if (author.login.toLowerCase() === given.toLowerCase()) return [];
  return [
    {
      ...at,
      severity: 'note',
      message: `\`created_by\` is \`${given}\`, but the pull request is by \`${author.login}\`. If you wrote it, put your own user name here.`,
    },
  ];
}
