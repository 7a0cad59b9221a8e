import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Leaf } from '../../../src/core/contribution.ts';
import type { Neighbour } from '../../../src/core/duplicates/example-key.ts';
import { identify } from '../../../src/core/finding.ts';
import type { Account, ChangedFile } from '../../../src/core/pull-request.ts';
import { checkContribution } from '../../../src/core/rules/index.ts';
import { contributionOf, exampleOf, keyOf, leafOf } from './leaf-of.ts';
import { factsAbout } from './sound-leaf.ts';

const [cats, dogs, old] = ['a', 'b', 'old'].map(name => `compositional_skills/pets/${name}/qna.yaml`) as [
  string,
  string,
  string,
];

type Given = {
  leaves: readonly Leaf[];
  neighbours?: readonly Neighbour[];
  seenAt?: Readonly<Record<string, string>>;
  changes?: Partial<ChangedFile>;
  others?: readonly ChangedFile[];
  author?: Account;
};

const check = ({ leaves, neighbours = [], seenAt = {}, changes = {}, others = [], author }: Given) => {
  const files = leaves.map(({ path, blobSha }): ChangedFile => ({ path, blobSha, status: 'added', ...changes }));
  const keys = Object.entries(seenAt).map(([question, at]) => [keyOf(question), at] as const);
  const attributions = leaves.map(({ path }) => [path.replace('qna.yaml', 'attribution.txt'), 'blob'] as const);
  const facts = factsAbout([...files, ...others], {
    taxonomy: { sha: 'base', files: new Map(attributions) },
    neighbourhood: { neighbours, seenAt: new Map(keys), near: new Map(), openLeaves: [] },
  });
  const pullRequest = { ...facts.pullRequest, ...(author && { author }) };
  return checkContribution(contributionOf(...leaves), { ...facts, pullRequest });
};

const told = (given: Given) =>
  check(given).map(({ rule, severity, location, yamlPath, message }) => [
    severity,
    rule,
    location.path,
    location.line,
    yamlPath,
    message,
  ]);

const inBase = (question: string, path: string, line = 5): Neighbour => ({
  key: keyOf(question),
  path,
  line,
  sha: 'base',
});

const inPullRequest = (
  question: string,
  number: number,
  seenAt: string,
  authorId = number,
  path = dogs,
): Neighbour => ({
  key: keyOf(question),
  path,
  line: 5,
  sha: `head of ${number}`,
  pullRequest: { number, authorId, authorLogin: `person-${authorId}`, seenAt },
});

describe('duplicate/same-example', () => {
  test('the later of two in one file is told where the first is', () => {
    expect(told({ leaves: [leafOf(cats, ['Why?', 'How?', ' Why? '])] })).toEqual([
      [
        'error',
        'duplicate/same-example',
        cats,
        25,
        '.seed_examples[2].question',
        'This question is already asked on line 5. Replace this example by a different one.',
      ],
    ]);
  });

  test('another context makes another example', () => {
    const leaf = leafOf(cats, []);
    const examples = [exampleOf(0, 'Why?', 'One'), exampleOf(1, 'Why?', 'Two'), exampleOf(2, 'Why?', 'One')];
    expect(told({ leaves: [{ ...leaf, examples }] }).filter(([, rule]) => rule !== 'layout/grounded')).toMatchObject([
      [
        'error',
        'duplicate/same-example',
        cats,
        25,
        '.seed_examples[2].question',
        expect.stringContaining('with the same context'),
      ],
    ]);
  });

  test('in another file of the pull request, too', () => {
    expect(told({ leaves: [leafOf(cats, ['Why?']), leafOf(dogs, ['How?', 'Why?'])] })).toMatchObject([
      [
        'error',
        'duplicate/same-example',
        dogs,
        15,
        '.seed_examples[1].question',
        expect.stringContaining(`\`${cats}\`, line 5`),
      ],
    ]);
  });

  test('the one that stood in its leaf before is the original, whichever file comes first', () => {
    const leaves = [leafOf(cats, ['Why?']), leafOf(dogs, ['Why?'])];
    const findings = told({ leaves, neighbours: [inBase('Why?', dogs)] });
    expect(findings.map(finding => finding.slice(1, 3))).toEqual([['duplicate/same-example', cats]]);
  });

  test('100,000 equal examples over ten files: one finding each, 100 a file at most, in bounded time', () => {
    const leaves = Array.from({ length: 10 }, (_, index) =>
      leafOf(
        `knowledge/a/${index}/qna.yaml`,
        Array.from({ length: 10_000 }, () => 'Why?'),
      ),
    );
    const neighbours = Array.from({ length: 10_000 }, (_, index) => inBase('Why?', old, index + 1));
    const findings = check({ leaves, neighbours }).filter(({ rule }) => rule === 'duplicate/same-example');
    expect(findings).toHaveLength(1000);
    expect(findings.at(-1)?.message).toMatch(/\(And 9900 more like this in the file\.\)$/);
    expect(new Set(identify(findings).map(({ fingerprint }) => fingerprint)).size).toBe(1000);
  });

  test('holds for any questions: a group of n equal ones has n - 1 findings, each with its first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom('Why?', 'why?', 'Why ?', 'How?', 'How ?'), { maxLength: 8 }), {
          maxLength: 5,
        }),
        lists => {
          const leaves = lists.map((questions, index) => leafOf(`knowledge/a/${index}/qna.yaml`, questions));
          const keys = lists.flat().map(keyOf);
          const findings = check({ leaves }).filter(({ rule }) => rule === 'duplicate/same-example');
          expect(findings).toHaveLength(keys.length - new Set(keys).size);
        },
      ),
    );
  });
});

describe('duplicate/in-taxonomy', () => {
  test('names the place in the taxonomy and links to it', () => {
    const [finding] = check({ leaves: [leafOf(cats, ['How?', 'Why?'])], neighbours: [inBase('Why?', old, 12)] });
    expect(finding).toMatchObject({
      rule: 'duplicate/in-taxonomy',
      severity: 'error',
      message: `This question is already in the taxonomy, in \`${old}\`, line 12. Replace this example by a different one.`,
      location: { path: cats, line: 15 },
      related: [{ path: old, line: 12, sha: 'base' }],
    });
  });

  test('an example that the leaf had already is no duplicate, of itself or of what stood elsewhere', () => {
    const neighbours = [inBase('Why?', cats), inBase('Why?', old)];
    expect(told({ leaves: [leafOf(cats, ['Why?', 'New?'])], neighbours, changes: { status: 'modified' } })).toEqual([]);
  });

  test('a renamed leaf takes its examples along', () => {
    const changes = { status: 'renamed', previousPath: old } as const;
    expect(told({ leaves: [leafOf(cats, ['Why?'])], neighbours: [inBase('Why?', old)], changes })).toEqual([]);
  });

  test('an example moved from another leaf is no duplicate; a copy of it is', () => {
    const neighbours = [inBase('Why?', old)];
    const removed: ChangedFile = { path: old, status: 'removed', blobSha: '' };
    expect(told({ leaves: [leafOf(cats, ['Why?'])], neighbours, others: [removed] })).toEqual([]);
    expect(told({ leaves: [leafOf(cats, ['Why?']), leafOf(old, ['Other?'])], neighbours })).toEqual([]);
    const copied = check({ leaves: [leafOf(cats, ['Why?']), leafOf(old, ['Why?'])], neighbours });
    expect(copied).toMatchObject([{ rule: 'duplicate/same-example', location: { path: cats } }]);
  });

  test('the answer does not hang on the order of the index', () => {
    const neighbours = [inBase('Why?', old, 30), inBase('Why?', dogs, 12), inBase('Why?', dogs, 4)];
    const leaves = [leafOf(cats, ['Why?'])];
    expect(told({ leaves, neighbours })).toEqual(told({ leaves, neighbours: neighbours.toReversed() }));
    expect(check({ leaves, neighbours })).toMatchObject([{ related: [{ path: dogs, line: 4 }] }]);
  });
});

describe('duplicate/in-pull-request', () => {
  const leaves = [leafOf(cats, ['Why?'])];

  test('is a question that names both and says who was first', () => {
    const seenAt = { 'Why?': '2024-05-03T10:00:00Z' };
    expect(told({ leaves, seenAt, neighbours: [inPullRequest('Why?', 3, '2024-05-01T09:00:00Z')] })).toEqual([
      [
        'question',
        'duplicate/in-pull-request',
        cats,
        5,
        '.seed_examples[0].question',
        'This question is also in #3 by person-3. Seen first in #3 (2024-05-01), then in #7, this one.',
      ],
    ]);
    // Whoever was first is not asked.
    expect(check({ leaves, seenAt, neighbours: [inPullRequest('Why?', 3, '2024-06-01T09:00:00Z')] })).toEqual([]);
  });

  test('the number of the pull request proves nothing when the text came later', () => {
    const seenAt = { 'Why?': '2024-05-03T10:00:00Z' };
    const [finding] = check({ leaves, seenAt, neighbours: [inPullRequest('Why?', 99, '2024-05-01T00:00:00Z')] });
    expect(finding?.message).toContain('Seen first in #99');
    expect(check({ leaves, seenAt, neighbours: [inPullRequest('Why?', 99, '2024-05-03T10:00:00Z')] })).toEqual([]);
  });

  test("the author's own is a resubmission", () => {
    expect(check({ leaves, neighbours: [inPullRequest('Why?', 3, '2024-05-01T00:00:00Z', 70)] })).toMatchObject([
      {
        severity: 'question',
        message:
          'This question is also in your own open pull request #3: this looks like a resubmission. Close the one that you no longer need.',
      },
    ]);
  });

  test('a deleted account has no own: two that are gone may be two people', () => {
    const neighbours = [inPullRequest('Why?', 3, '2024-05-01T00:00:00Z', 0)];
    const [finding] = check({ leaves, neighbours, author: { login: 'ghost', id: 0, isBot: false } });
    expect(finding?.message).toContain('is also in #3 by person-0.');
  });

  test('many are counted, three are named and linked', () => {
    const neighbours = [9, 4, 12, 5, 4, 30].map(number =>
      inPullRequest('Why?', number, `2024-05-${String(number).padStart(2, '0')}T00:00:00Z`),
    );
    const [finding] = check({ leaves, neighbours });
    expect(finding?.message).toMatch(/^This question is also in #4 by person-4 \(and in #5, #9 and 2 more\)\./);
    expect(finding?.related?.map(({ pullRequest }) => pullRequest)).toEqual([4, 5, 9]);
  });

  test('two that add to one leaf do not share what it held before', () => {
    const neighbours = [inBase('Why?', cats), inPullRequest('Why?', 3, '2024-05-01T00:00:00Z', 3, cats)];
    expect(told({ leaves, neighbours, changes: { status: 'modified' } })).toEqual([]);
  });

  test('what the taxonomy has is told as that, once', () => {
    const neighbours = [inBase('Why?', old), inPullRequest('Why?', 3, '2024-05-01T00:00:00Z')];
    expect(check({ leaves, neighbours }).map(({ rule }) => rule)).toEqual(['duplicate/in-taxonomy']);
  });

  test('never an error, whatever the others do', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ number: fc.nat(20), at: fc.string(), author: fc.constantFrom(70, 3) })),
        rivals => {
          const neighbours = rivals.map(({ number, at, author }) => inPullRequest('Why?', number, at, author));
          expect(check({ leaves, neighbours }).every(({ severity }) => severity === 'question')).toBe(true);
        },
      ),
    );
  });
});
