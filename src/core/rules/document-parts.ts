import type { Contribution, KnowledgeDocument, Leaf, Text } from '../contribution.ts';
import type { DocumentLookup, FoundDocument } from '../documents/lookup.ts';
import type { Concern, Severity } from '../finding.ts';
import type { Facts } from './rule.ts';

/** A leaf with its document, and what was learnt of it if anything was. */
export type LookedUp = { readonly leaf: Leaf; readonly document: KnowledgeDocument; readonly lookup?: DocumentLookup };

/** Every leaf of knowledge that names a document. */
export const documentsOf = ({ leaves }: Contribution, { documents }: Facts): readonly LookedUp[] =>
  leaves.flatMap(leaf => {
    if (leaf.kind !== 'knowledge' || leaf.document === undefined) return [];
    const lookup = documents?.get(leaf.path);
    return [{ leaf, document: leaf.document, ...(lookup && { lookup }) }];
  });

/** Those whose document was found. */
export const foundDocumentsOf = (
  contribution: Contribution,
  facts: Facts,
): readonly (LookedUp & { readonly lookup: FoundDocument })[] =>
  documentsOf(contribution, facts).flatMap(each =>
    each.lookup?.type === 'found' ? [{ ...each, lookup: each.lookup }] : [],
  );

/** A concern about one text of a leaf. */
export const concernAt = (rule: string, severity: Severity, { path }: Leaf, text: Text, message: string): Concern => ({
  rule,
  severity,
  message,
  location: { path, line: text.line, column: text.column, endLine: text.endLine },
  yamlPath: text.yamlPath,
  flagged: text.value,
});
