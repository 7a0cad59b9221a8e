import { describe, expect, test } from 'vitest';
import { parseQna } from '../src/core/parse/qna.ts';
import { compare } from '../scripts/parity/compare.ts';
import { hasOracle, ORACLE, readOracle, type Expectation } from '../scripts/parity/oracle.ts';

describe.skipIf(!hasOracle(ORACLE))('the recorded results of the reference (skipped without them)', () => {
  const expectations = hasOracle(ORACLE) ? readOracle(ORACLE) : [];

  // No exceptions: should one be needed, it stands here with its reason.
  test.each(['document', 'highest'] as const)(
    'the same verdicts and the same errors at the same places, version: %s',
    { timeout: 120_000 },
    mode => {
      const compared = compare(expectations.filter(each => each.mode === mode));
      expect(compared.files).toBeGreaterThan(1_500);
      expect(compared.errors.theirs).toBeGreaterThan(1_500);
      expect(compared.differences.map(({ expectation, missed, extra }) => [expectation.sha256, missed, extra])).toEqual(
        [],
      );
      expect(compared.sameVerdict).toBe(compared.files);
    },
  );

  test('what the reference holds back, we hold back too, whatever the profile', { timeout: 120_000 }, () => {
    const held = expectations.filter(({ verdict, path }) => verdict !== 'pass' && path.endsWith('/qna.yaml'));
    const passed = held.filter(({ path, text, mode }) => {
      const { concerns } = parseQna(path, '', new TextEncoder().encode(text), { schemaVersion: mode });
      return concerns.every(({ severity }) => severity !== 'error');
    });
    expect(passed.map(({ sha256 }) => sha256)).toEqual([]);
    expect(held.length).toBeGreaterThan(1_000);
  });
});

describe('the comparison', () => {
  const text = 'created_by: jo-doe \nseed_examples: []\nversion: 3\n';
  const expectation: Expectation = {
    sha256: 'made up',
    path: 'compositional_skills/a/qna.yaml',
    mode: 'document',
    text,
    verdict: 'fail',
    errors: [
      { line: 1, yamlPath: '.', kind: 'trailing-spaces' },
      { line: 1, yamlPath: '.', kind: 'required' },
      { line: 2, yamlPath: '.seed_examples', kind: 'minItems' },
    ],
    warnings: [],
  };

  test('says nothing where both say the same', () => {
    expect(compare([expectation])).toMatchObject({
      sameVerdict: 1,
      errors: { theirs: 3, same: 3, extra: 0 },
      differences: [],
      warningDifferences: [],
    });
  });

  test('tells an error that only one of them has, one in another line, and one that is told once too often', () => {
    const [first, second, third] = expectation.errors;
    const others = [
      { ...expectation, errors: [first!, second!] },
      { ...expectation, errors: [first!, second!, { ...third!, line: 3 }] },
      { ...expectation, errors: [first!, second!, third!, third!] },
    ];
    const { differences, errors } = compare(others);
    expect(differences.map(({ missed, extra }) => [missed, extra])).toEqual([
      [[], [third]],
      [[{ ...third, line: 3 }], [third]],
      [[third], []],
    ]);
    expect(errors).toEqual({ theirs: 9, same: 7, extra: 2 });
  });

  test('tells another verdict', () => {
    const { sameVerdict, differences } = compare([{ ...expectation, verdict: 'exception', errors: [] }]);
    expect(sameVerdict).toBe(0);
    expect(differences).toMatchObject([{ verdict: 'fail' }]);
  });
});
