import { describe, expect, test } from 'vitest';
import type { Concern } from '../../../src/core/finding.ts';
import { parseQna } from '../../../src/core/parse/qna.ts';
import { personalDataIn } from '../../../src/core/screens/personal-data.ts';
import { acceptedFiles, hasReference, referenceErrors, referenceResults } from './reference.ts';

/** Ours in the same form. `undefined` where we say more than the reference on purpose. */
function oursAs({ rule, location, yamlPath, flagged }: Concern): string | undefined {
  switch (rule) {
    case 'yaml/syntax':
    case 'yaml/not-a-mapping':
    case 'schema/deprecated-version':
      return rule;
    case 'yaml/duplicate-key':
      return undefined;
    case 'schema/unknown-key':
      return `${yamlPath.replace(/\.(?:[\w-]+|\["[^"]*"\])$/, '') || '.'} ${rule}`;
    case 'schema/required':
      return `${location.line} ${yamlPath} ${rule} ${flagged}`;
    default:
      return `${location.line} ${yamlPath} ${rule}`;
  }
}

describe.skipIf(!hasReference)('against the reference checker (skipped without its results)', () => {
  test.each(['highest', 'document'] as const)(
    'every schema error at its line, version %s',
    { timeout: 60_000 },
    mode => {
      const differences: string[] = [];
      let files = 0;
      for (const result of referenceResults()) {
        if (
          result.version_mode !== mode ||
          result.checked_as.endsWith('.yml') ||
          !result.checked_as.endsWith('/qna.yaml')
        )
          continue;
        files += 1;
        const { concerns } = parseQna(result.checked_as, '', new TextEncoder().encode(result.text), {
          schemaVersion: mode,
        });
        const theirs = new Set(referenceErrors(result));
        const ours = new Set(concerns.map(oursAs).filter(each => each !== undefined));
        // An empty file passes there, and files with very many errors are cut here.
        if (ours.has('1 . yaml/empty') && theirs.size === 0) continue;
        const isCut = concerns.some(({ rule }) => rule === 'yaml/more-findings');
        ours.delete('1 . yaml/more-findings');
        const extra = [...ours].filter(each => !theirs.has(each));
        const missed = isCut ? [] : [...theirs].filter(each => !ours.has(each));
        if (extra.length + missed.length > 0) differences.push(`${result.sha256} +${extra.join()} -${missed.join()}`);
      }
      expect(differences).toEqual([]);
      expect(files).toBeGreaterThan(1_000);
    },
  );

  test('no accepted file is held back for personal data that is none', () => {
    const flagged = acceptedFiles().filter(
      ({ path, text }) => path.endsWith('qna.yaml') && personalDataIn(text).length > 0,
    );
    // Two hold the addresses of a paper's authors; those are real.
    expect(flagged.length).toBeLessThanOrEqual(3);
  });
});
