import { isPlainAddress, linksIn, type Link } from '../attribution/addresses.ts';
import { tierOf } from '../attribution/source.ts';
import { piecesOf, type Piece, type Work } from '../attribution/works.ts';
import type { Concern } from '../finding.ts';
import type { Policy } from '../policy.ts';
import { leafKindOf } from '../taxonomy.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** Which documents may become knowledge was looked into by lawyers, source by source. */
export const attributionSource: Rule = {
  doc: {
    id: 'attribution/source',
    severity: 'question',
    why: 'Knowledge is taken from sources whose terms somebody has looked into. The policy names them (`attribution.approvedSources`, `attribution.sourcesToVerify`); a page of the second list is verified by a triager, and any other source waits for a legal review. Skills may draw on any source with an accepted licence.',
    remedy: 'Take the knowledge from an approved source, or wait for the review.',
    waiver: 'triage',
    upstream: 'Nothing automatic: triagers look at the link and set the label `legal-hold`.',
    frequency:
      'A source or licence that is not allowed: 7 times in the review threads of instructlab/taxonomy that were read.',
    mistake: {
      type: 'excerpt',
      right: 'Link to work: https://en.wikipedia.org/wiki/Cloud\n',
      wrong: 'Link to work: https://clouds.example/history\n',
    },
  },
  check: ({ attributions }, { policy }) =>
    attributions
      .filter(({ path }) => leafKindOf(path) === 'knowledge')
      .flatMap(({ path, works }) => works.flatMap(work => doubtful(path, work, policy.attribution))),
};

/** At most one concern for a work: the gravest doubt about its links. */
function doubtful(path: string, work: Work, policy: Policy['attribution']): readonly Concern[] {
  const given = piecesOf(work, 'link');
  const pieces = [...given, ...piecesOf(work, 'revision')];
  const links = pieces.flatMap(piece => linksIn(piece.text).map(link => ({ ...link, piece })));
  const [nothing] = given;
  if (nothing !== undefined && !links.some(({ piece }) => given.includes(piece))) {
    const message = `${inCode(nothing.text.slice(0, 80))} is no web address. Knowledge is checked against its source: link to the page, or a triager has to decide without it.`;
    return [concernAt(path, nothing, message)];
  }
  const ofTier = (tier: string) => links.find(({ url }) => (url ? tierOf(url, policy) : 'unlisted') === tier);
  const unlisted = ofTier('unlisted');
  if (unlisted !== undefined) return [concernAt(path, unlisted.piece, heldBack(unlisted, policy))];
  const toVerify = ofTier('to-verify');
  if (toVerify?.url === undefined) return [];
  const message = `Knowledge from ${inCode(toVerify.url.hostname)} may be used once a triager has verified that this page is free to use.`;
  return [concernAt(path, toVerify.piece, message)];
}

function heldBack({ url, text }: Link, { approvedSources }: Policy['attribution']): string {
  if (url === undefined || !isPlainAddress(url))
    return `${inCode(text.slice(0, 80))} is not a plain web address, so it counts as no source. Copy it from the address bar of the browser.`;
  const some = approvedSources.slice(0, 5).map(inCode).join(', ');
  return `${inCode(url.hostname)} is not among the approved sources of knowledge (${some}${approvedSources.length > 5 ? ' …' : ''}), so this waits for a legal review. A text from an approved source is quicker.`;
}

const concernAt = (path: string, { text, line, column }: Piece, message: string): Concern => ({
  rule: attributionSource.doc.id,
  severity: 'question',
  message,
  location: { path, line, column },
  yamlPath: '.',
  flagged: text,
});
