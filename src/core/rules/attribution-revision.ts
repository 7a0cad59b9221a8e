import { unpinnedIn } from '../attribution/revision.ts';
import type { WikipediaPage } from '../attribution/wikipedia.ts';
import type { Attribution } from '../contribution.ts';
import type { Concern } from '../finding.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** Wikipedia changes every day; the answers were right for one revision. */
export const attributionRevision: Rule = {
  doc: {
    id: 'attribution/revision',
    severity: 'question',
    why: 'A page of Wikipedia changes, and the answers can only be checked against the revision that you read. That it is not named is a note; an address that leads to no page is a question for a triager.',
    remedy:
      'Open the page, choose "Permanent link" under its tools, and write that address behind `Revision:`. It holds `oldid=` and a number.',
    waiver: 'triage',
    upstream: 'Nothing automatic: the contribution guides ask for a specific revision where there is one.',
    mistake: {
      type: 'excerpt',
      right: 'Revision: https://en.wikipedia.org/w/index.php?title=Limerick_(poetry)&oldid=1220000000\n',
      wrong: 'Revision: https://en.wikipedia.org/wiki/Limerick_(poetry)&oldid=1220000000\n',
    },
  },
  check: ({ attributions }) => attributions.flatMap(revisionConcerns),
};

/** What the rule says of one file. */
export const revisionConcerns = ({ path, text, works }: Attribution): readonly Concern[] =>
  unpinnedIn(text, works).map(({ piece, page, suggestion }) => ({
    rule: attributionRevision.doc.id,
    severity: page.isBroken ? 'question' : 'note',
    message: messageOf(page),
    location: { path, line: piece.line, column: piece.column },
    yamlPath: '.',
    flagged: piece.text,
    ...(suggestion && { suggestion }),
  }));

function messageOf({ title = '', isBroken, oldid }: WikipediaPage): string {
  if (isBroken)
    return 'This address leads to no page of Wikipedia. Use the one that "Permanent link" under the tools of the page gives.';
  const name = title === '' ? 'the page' : inCode(title.replaceAll('_', ' ').slice(0, 80));
  return oldid === undefined
    ? `Say which revision of ${name} you used: its "Permanent link", which holds \`oldid=\` and a number, belongs behind \`Revision:\`.`
    : `Write the revision of ${name} as an address, so that people can open it.`;
}
