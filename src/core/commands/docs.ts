import { codeSpan, fence } from '../escape.ts';
import { MAX_COMMANDS } from './parse.ts';
import { commands, whoMay } from './registry.ts';
import { commandTable } from './reply.ts';

/** The page `docs/commands.md`, made from the registry. */
export const renderCommandDocs = (): string => `# Commands

Write a command at the beginning of a line in a comment on the pull request.

${commandTable()}

- Upper and lower case are the same. Words after a command are ignored; switches that do not exist are not.
- Commands in code, quotes, lists, tables, headings, HTML and links are not commands. Up to ${MAX_COMMANDS} in one comment are read.
- Permission is what GitHub says at the moment when the command is carried out. If GitHub cannot say, the answer is no, with the reason.
- A comment that somebody other than its author has edited counts for nothing. Comments of bots are never commands. In mode \`observe\` no command is carried out.
- Assay answers with a reaction: 👀 when it is done, 😕 when it could not be; then a reply says why, once for each person on a pull request. A comment with our reaction is done: to ask again, write another.

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
