import { applyEdits, asSuggestion, replaceAt } from '../fixes/edit.ts';
import type { Suggestion } from '../finding.ts';
import { linksIn } from './addresses.ts';
import { permanentLink, wikipediaPage, type WikipediaPage } from './wikipedia.ts';
import { piecesOf, readWorks, type Piece, type Work } from './works.ts';

/** A page of Wikipedia whose revision is not named, or not so that its address leads there. */
export type Unpinned = {
  readonly piece: Piece;
  readonly page: WikipediaPage;
  /** Puts the address of the revision in the place of what names it; only where the text itself names its number. */
  readonly suggestion?: Suggestion;
};

/** A revision's number alone: on the English Wikipedia those of today have ten digits. */
const NUMBER = /^(?:oldid\s{0,3}[=:]?\s{0,3})?(\d{5,12})$/i;

/** Every page of Wikipedia that a work names without a revision. Links and revisions beside each other count as one. */
export const unpinnedIn = (text: string, works: readonly Work[]): readonly Unpinned[] =>
  works.flatMap(work => unpinned(work).map(each => withSuggestion(text, works, each)));

type Found = Unpinned & { readonly old?: string };

function unpinned(work: Work): readonly Found[] {
  const pages = (name: 'link' | 'revision') =>
    piecesOf(work, name).flatMap(piece =>
      linksIn(piece.text).flatMap(({ text, url }) => {
        const page = url && wikipediaPage(url);
        return page === undefined ? [] : [{ piece, page, old: text }];
      }),
    );
  const [links, revisions] = [pages('link'), pages('revision')];
  const broken = [...links, ...revisions].filter(({ page }) => page.isBroken);
  if (revisions.some(({ page }) => page.oldid !== undefined)) return broken;
  const open = links.filter(({ page }) => page.oldid === undefined && !page.isBroken);
  const bare = piecesOf(work, 'revision').find(({ text }) => NUMBER.test(text));
  const oldid = bare && NUMBER.exec(bare.text)?.[1];
  const [only] = open;
  // With several pages nobody knows of which one the number is.
  if (only !== undefined && links.length === 1 && bare !== undefined && oldid !== undefined)
    return [...broken, { piece: bare, page: { ...only.page, oldid }, old: bare.text }];
  return [...broken, ...open.map(({ piece, page }) => ({ piece, page }))];
}

/** Keeps the suggestion only if the file with it says the same but for this one value, and names the revision. */
function withSuggestion(text: string, works: readonly Work[], { piece, page, old }: Found): Unpinned {
  const { host, title, oldid } = page;
  if (old === undefined || title === undefined || oldid === undefined) return { piece, page };
  const lines = text.split('\n');
  const at = { line: piece.line, column: piece.column + piece.text.indexOf(old) };
  const link = permanentLink(host, title, oldid);
  const edit = replaceAt(lines, at, old, link);
  const suggestion = edit && asSuggestion(edit, lines);
  if (edit === undefined || suggestion === undefined) return { piece, page };
  const after = readWorks(applyEdits(text, [edit]));
  const expected = toldOf(works, each => (each.line === at.line ? each.text.replace(old, () => link) : each.text));
  const isSafe = toldOf(after, each => each.text) === expected && wikipediaPage(new URL(link))?.oldid === oldid;
  return { piece, page, ...(isSafe && { suggestion }) };
}

/** All that is said of the works, without the places. */
const toldOf = (works: readonly Work[], say: (piece: Piece) => string): string =>
  JSON.stringify(
    works.map(({ fields, remarks }) => [fields.map(({ name, pieces }) => [name, pieces.map(say)]), remarks.map(say)]),
  );
