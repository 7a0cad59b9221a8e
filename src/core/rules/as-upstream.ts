import { leafNode, type Contribution } from '../contribution.ts';
import type { Concern } from '../finding.ts';
import type { SchemaVersion } from '../parse/qna.ts';
import { attributionEmpty } from './attribution-empty.ts';
import { attributionMissing } from './attribution-missing.ts';
import { fileName } from './layout-file-name.ts';

/**
 * Of all concerns those that instructlab-schema and the workflow of instructlab/taxonomy would have, for a contribution that was
 * read under the profile `instructlab`: what is read from the file, its name, and, above schema version 1, an attribution with at
 * least one byte.
 */
export function asUpstream(
  concerns: readonly Concern[],
  { leaves, attributions }: Contribution,
  schemaVersion: SchemaVersion,
): readonly Concern[] {
  const attributed = new Set(
    leaves
      .filter(({ version }) => schemaVersion === 'highest' || version > 1)
      .map(({ path }) => `${leafNode(path)}/attribution.txt`),
  );
  const empty = new Set(attributions.filter(({ text }) => text === '').map(({ path }) => path));
  return concerns.filter(({ rule, severity, location: { path } }) => {
    switch (rule) {
      case fileName.doc.id:
        return severity === 'error';
      case attributionMissing.doc.id:
        return attributed.has(`${leafNode(path)}/attribution.txt`);
      case attributionEmpty.doc.id:
        return attributed.has(path) && empty.has(path);
      default:
        return /^(?:yaml|schema|yamllint)\//.test(rule);
    }
  });
}
