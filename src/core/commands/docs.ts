import { codeSpan, fence } from '../escape.ts';
import { MAX_COMMANDS } from './parse.ts';
import { commands, whoMay } from './registry.ts';
import { commandTable } from './reply.ts';

/** The page `docs/commands.md`, made from the registry. */
export const renderCommandDocs = (): string => `# Commands

Write a command at the beginning of a line in a comment on the pull request: \`/assay help\`, or with the App's name, \`@NAME help\`.

${commandTable()}

FINDING is the id of 7 digits that stands behind each finding, or the id of a rule. Who is a triager, an approver or a maintainer is said by the policy (\`roles\`): by permission in the repository, and by team.

## What counts

- Upper and lower case of the verb are the same. Arguments may stand in quotes. Words after a command that takes none are ignored; switches that do not exist are not.
- Commands in code, quotes, lists, tables, headings, HTML and links are not commands. Up to ${MAX_COMMANDS} in one comment are read.
- Permission is what GitHub says at the moment. If GitHub cannot say, the answer is no, with the reason. Whoever loses a role loses their say: what they decided stops counting, and Assay's comment says so.
- Comments of bots are never commands. A comment that somebody other than its author has edited counts for nothing; one that its author edited counts as it now reads; a deleted one stops counting.
- \`help\`, \`review\`, \`explain\`, \`assign\` and \`unassign\` are done once: a comment with Assay's reaction is done, and to ask again, write another. All other commands are decisions and go on counting as long as the comment stands. They are read again from the conversation at every review, so losing Assay's database loses none.
- A waiver of an id holds until what was flagged changes. \`approve\`, \`request-changes\`, \`precheck\` and a waiver of a whole rule are for the content of the pull request at that moment: a push that changes it ends them, one that only merges the base branch does not.
- Of several words about the same thing the last one counts. An edit never makes a waiver, an \`unhold\` or an \`approve\` newer than the comment that it stands in.
- Assay answers with a reaction: 👀 when it is done, 😕 when it could not be; then a reply says why, to people without a role once on a pull request. In mode \`observe\` no command is carried out.

${commands
  .map(entry =>
    [
      `## ${codeSpan(`/assay ${entry.usage}`)}`,
      entry.description,
      `For ${whoMay(entry)}.`,
      ...entry.examples.map(example => fence(example)),
    ].join('\n\n'),
  )
  .join('\n\n')}
`;
