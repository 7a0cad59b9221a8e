import type { KnowledgeDocument, Leaf } from './core/contribution.ts';
import { isCommitId, readAddress } from './core/documents/address.ts';
import { piecesOf, searchContexts } from './core/documents/context-search.ts';
import { kindOf, matchPatterns } from './core/documents/lookup.ts';
import type { DocumentLookup, DocumentSource } from './core/documents/lookup.ts';
import { MAX_PATTERNS, objectionTo } from './core/documents/patterns.ts';
import { MAX_FILE_BYTES } from './core/pull-request.ts';
import { Gone, RateLimited } from './core/trouble.ts';
import type { Documents, SourceRef } from './ports.ts';

export type DocumentNeeds = {
  readonly documents: Documents;
  /** Gives the other work of this thread a turn. */
  readonly pause: () => Promise<void>;
  /** In lower case: the only host whose addresses are looked up, on the GitHub that the App talks to. */
  readonly host: string;
};

/** Leaves of one pull request whose documents are looked up: at most 40 calls. Real pull requests have eight leaves at most. */
const MAX_LEAVES = 10;

/** Documents of one leaf that are read to find its contexts in: one call, and about half a second of work in small pieces. */
const MAX_DOCUMENTS = 20;
const MAX_DOCUMENT_BYTES = 3_000_000;

/**
 * Looks up the documents of knowledge, by path of the leaf. A leaf whose address, commit or patterns are not in order has no entry:
 * the rules say what is wrong. Only trouble that concerns the whole job is thrown; any other is a lookup of its own kind, so that
 * somebody's repository cannot keep a pull request from being reviewed.
 */
export async function lookUpDocuments(
  leaves: readonly Leaf[],
  needs: DocumentNeeds,
): Promise<ReadonlyMap<string, DocumentLookup>> {
  const lookups = new Map<string, DocumentLookup>();
  let asked = 0;
  for (const leaf of leaves) {
    const wanted = wantedBy(leaf);
    if (wanted === undefined) continue;
    if (wanted.type === 'wanted' && wanted.host === needs.host) asked += 1;
    const isTooMany = asked > MAX_LEAVES;
    lookups.set(
      leaf.path,
      isTooMany ? person(`more than ${MAX_LEAVES} are too many at once`) : await look(leaf, wanted, needs),
    );
  }
  return lookups;
}

/** What a person has to look at, because we do not. */
const person = (reason: string): DocumentLookup => ({ type: 'not-looked-up', severity: 'question', reason });

type Wanted =
  | {
      readonly type: 'wanted';
      readonly host: string;
      readonly source: SourceRef;
      readonly patterns: KnowledgeDocument['patterns'];
    }
  | { readonly type: 'elsewhere'; readonly host: string };

/** Undefined when there is nothing to look up, or the rules object to its form. */
function wantedBy({ kind, document }: Leaf): Wanted | undefined {
  if (kind !== 'knowledge' || document?.repo === undefined || document.commit === undefined) return undefined;
  const read = readAddress(document.repo.value);
  const { patterns } = document;
  const isInOrder =
    isCommitId(document.commit.value) &&
    patterns.length > 0 &&
    patterns.length <= MAX_PATTERNS &&
    patterns.every(({ value }) => objectionTo(value) === undefined);
  if (read.type === 'objection' || !isInOrder) return undefined;
  const { host, repository } = read.address;
  if (repository === undefined) return { type: 'elsewhere', host };
  return { type: 'wanted', host, source: { ...repository, commit: document.commit.value.toLowerCase() }, patterns };
}

async function look(leaf: Leaf, wanted: Wanted, { documents, pause, host }: DocumentNeeds): Promise<DocumentLookup> {
  if (wanted.host !== host) return person(`only repositories on ${host} are looked up`);
  if (wanted.type === 'elsewhere')
    return person('its address is that of a page, and not of a repository such as `https://github.com/owner/name`');
  try {
    const found = await documents.find(wanted.source);
    if (found.type !== 'source') return found;
    const matched = matchPatterns(wanted.patterns, found.source.files.keys());
    if (matched === undefined) return person('its patterns take too long to be compared with the repository');
    const compared = await compare(leaf, wanted.source, found.source, [...new Set(matched.flat())], {
      documents,
      pause,
    });
    const { isOnDefaultBranch, licence } = found.source;
    return { type: 'found', isOnDefaultBranch, licence, matched, ...compared };
  } catch (error) {
    if (error instanceof RateLimited || error instanceof Gone) throw error;
    return person('GitHub did not answer as it should; the next look tries again');
  }
}

/** Finds the contexts in the Markdown files, as far as there are any and they are not too large. */
async function compare(
  { examples }: Leaf,
  ref: SourceRef,
  { files }: DocumentSource,
  paths: readonly string[],
  { documents, pause }: Pick<DocumentNeeds, 'documents' | 'pause'>,
): Promise<{ readonly shares: ReadonlyMap<string, number>; readonly uncompared?: string }> {
  const shares = new Map<string, number>();
  if (paths.length === 0) return { shares };
  const markdown = paths.filter(path => kindOf(path) === 'md').flatMap(path => files.get(path) ?? []);
  if (markdown.length === 0) return { shares, uncompared: 'it has no Markdown' };
  const bytes = markdown.reduce((sum, { size }) => sum + size, 0);
  const isTooMuch = markdown.length > MAX_DOCUMENTS || bytes > MAX_DOCUMENT_BYTES;
  if (isTooMuch || markdown.some(({ size }) => size > MAX_FILE_BYTES)) return { shares, uncompared: 'it is too large' };

  const contexts = new Map(examples.flatMap(({ context }) => (context ? [[context.yamlPath, context.value]] : [])));
  const search = searchContexts([...contexts.values()]);
  const shas = [...new Set(markdown.map(({ sha }) => sha))];
  const texts = await documents.loadTexts(ref, shas);
  for (const text of texts.values()) {
    for (const piece of piecesOf(text)) {
      search.read(piece);
      await pause();
    }
    search.endDocument();
  }
  if (texts.size < shas.length) return { shares, uncompared: 'a part of it could not be read as text' };
  const found = search.shares();
  for (const [index, yamlPath] of [...contexts.keys()].entries()) {
    const share = found[index];
    if (share !== undefined) shares.set(yamlPath, share);
  }
  return { shares };
}
