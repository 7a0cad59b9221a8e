import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AdvisoryConcern } from '../../../src/core/finding.ts';
import { blockWhereCertified, levels, permitToBlock } from '../../../src/core/judge/certification.ts';
import type { BlockPermit, BlockPolicy } from '../../../src/core/judge/certification.ts';
import { trialsNeeded } from '../../../src/core/judge/agreement/binomial.ts';
import { certificationOf, measure } from '../../../src/core/judge/certify.ts';
import { readLabels } from '../../../src/core/judge/labels.ts';
import { labelsOn } from './labels.ts';

const remark = (criterion: string): AdvisoryConcern => ({
  rule: `judge/${criterion}`,
  severity: 'question',
  message: 'The answer may be wrong.',
  location: { path: 'compositional_skills/a/qna.yaml', line: 1, column: 1 },
  yamlPath: '.seed_examples[0].answer',
});

const judgedBy = { rubric: '1', model: 'scripted' };
const policyOf = (changes: Partial<BlockPolicy> = {}): BlockPolicy => ({
  block: ['answer-correct'],
  blockAt: 0.9,
  certification: { ...judgedBy, criteria: { 'answer-correct': { asserted: 46, confirmed: 45 } } },
  ...changes,
});
const severityOf = (policy: BlockPolicy, by: typeof judgedBy | undefined = judgedBy): string | undefined =>
  blockWhereCertified([remark('answer-correct')], policy, by)[0]?.severity;

describe('a remark of the judge', () => {
  test('blocks where it is wanted and certified, and says why', () => {
    const [blocked] = blockWhereCertified([remark('answer-correct')], policyOf(), judgedBy);
    expect(blocked).toMatchObject({ severity: 'error', message: expect.stringContaining('45 of 46') });
  });

  test.each([
    ['nobody wants it', policyOf({ block: [] })],
    ['another question is wanted', policyOf({ block: ['answer-complete'] })],
    ['nothing was certified', { block: ['answer-correct'], blockAt: 0.8 } satisfies BlockPolicy],
    [
      'a label is missing',
      policyOf({ certification: { ...judgedBy, criteria: { 'answer-correct': { asserted: 45, confirmed: 44 } } } }),
    ],
    ['it asks for more than was shown', policyOf({ blockAt: 0.95 })],
    [
      'counts that cannot be are claimed',
      policyOf({ certification: { ...judgedBy, criteria: { 'answer-correct': { asserted: 1, confirmed: 900 } } } }),
    ],
    [
      'the certification is of another model',
      policyOf({
        certification: { rubric: '1', model: 'other', criteria: { 'answer-correct': { asserted: 90, confirmed: 90 } } },
      }),
    ],
    [
      'the certification is of another rubric',
      policyOf({
        certification: {
          rubric: '2',
          model: 'scripted',
          criteria: { 'answer-correct': { asserted: 90, confirmed: 90 } },
        },
      }),
    ],
  ])('does not when %s', (_, policy) => {
    expect(severityOf(policy)).toBe('question');
  });

  test('does not when the judge did not come to its end', () => {
    expect(blockWhereCertified([remark('answer-correct')], policyOf(), undefined)[0]?.severity).toBe('question');
  });

  test('whatever a policy says, never blocks without labels for this model and rubric that hold at its level', () => {
    const counts = fc.record({ asserted: fc.integer({ min: 1, max: 400 }), confirmed: fc.nat(450) });
    const names = fc.constantFrom('answer-correct', 'answer-complete', 'constructor', '__proto__', 'toString');
    const policies = fc.record({
      block: fc.array(names),
      blockAt: fc.constantFrom(...levels),
      certification: fc.record({
        rubric: fc.constantFrom('1', '2'),
        model: fc.constantFrom('scripted', 'other'),
        criteria: fc.dictionary(names, counts),
      }),
    });
    fc.assert(
      fc.property(policies, names, (policy, criterion) => {
        const [concern] = blockWhereCertified([remark(criterion)], policy, judgedBy);
        if (concern?.severity !== 'error') return;
        const own = Object.entries(policy.certification.criteria).find(([name]) => name === criterion)?.[1];
        const { asserted, confirmed } = own ?? { asserted: 0, confirmed: 0 };
        expect(policy.block).toContain(criterion);
        expect(policy.certification).toMatchObject(judgedBy);
        expect(asserted).toBeGreaterThanOrEqual(trialsNeeded(policy.blockAt, asserted - confirmed));
      }),
    );
  });

  test('cannot be an error to the compiler, nor can a permit be made by hand', () => {
    // @ts-expect-error: the judge has no errors.
    const concern: AdvisoryConcern = { ...remark('answer-correct'), severity: 'error' };
    // @ts-expect-error: only `permitToBlock` can grant one.
    const permit: BlockPermit = { criterion: 'answer-correct', asserted: 1, confirmed: 1 };
    expect([concern, permit]).toHaveLength(2);
    expect(permitToBlock('answer-correct', policyOf(), judgedBy)).toMatchObject({ asserted: 46, confirmed: 45 });
  });
});

describe('certifying by labels', () => {
  test('passes what triagers confirm and tells of the rest what is missing', () => {
    const labels = [
      ...labelsOn('answer-correct', { count: 100, wrong: 0 }),
      ...labelsOn('answer-complete', { count: 100, wrong: 15 }),
      ...labelsOn('reasoning-shown', { count: 100, wrong: 0, again: false }),
      ...labelsOn('clear-english', { count: 20, wrong: 0 }),
    ];
    const measured = measure(labels);
    expect(
      measured.map(({ criterion, asserted, confirmed, level }) => [criterion, asserted, confirmed, level]),
    ).toEqual([
      ['answer-correct', 50, 50, 0.9],
      ['answer-complete', 50, 35, undefined],
      ['reasoning-shown', 50, 50, 0.9],
      ['clear-english', 10, 10, undefined],
    ]);
    expect(measured[0]?.obstacles).toEqual([]);
    expect(measured[1]?.obstacles.join(' ')).toMatch(/35 of 50 .* 112 cases are needed for 80 %/);
    expect(measured[2]?.obstacles).toEqual([
      'It was asked again 0 times; 20 are needed to know whether it says the same.',
    ]);
    expect(measured[3]?.obstacles.join(' ')).toMatch(/10 of 10 .* 14 cases are needed for 80 %/);
    expect(certificationOf(measured, judgedBy)).toEqual({
      ...judgedBy,
      criteria: { 'answer-correct': { asserted: 50, confirmed: 50 } },
    });
    expect(certificationOf(measure(labels.slice(100)), judgedBy)).toBeUndefined();
  });

  test('a no that splits the triagers counts as wrong', () => {
    const labels = labelsOn('answer-correct', { count: 60, wrong: 0 });
    const split = labels.map(label => ({ ...label, triagers: { ana: 'yes', ben: 'no' } as const }));
    expect(measure(split)[0]).toMatchObject({ asserted: 30, confirmed: 0 });
  });

  test('a judge that says no to everything agrees with nobody beyond chance', () => {
    const labels = labelsOn('answer-correct', { count: 60, wrong: 0 })
      .filter(({ judge }) => judge === 'no')
      .map(label => ({ ...label, triagers: { ana: 'no' } as const }));
    expect(measure(labels)[0]).toMatchObject({ confirmed: 30, level: 0.9, kappa: undefined });
    expect(measure(labels)[0]?.obstacles.join(' ')).toContain('kappa');
  });

  test('a judge that is far too sure of itself does not pass', () => {
    const sure = labelsOn('answer-correct', { count: 200, wrong: 3 }).map(label => ({ ...label, confidence: 0.7 }));
    expect(measure(sure)[0]?.obstacles.join(' ')).toContain('confidence is off by');
    const fitting = labelsOn('answer-correct', { count: 200, wrong: 3 }).map(label => ({ ...label, confidence: 0.98 }));
    expect(measure(fitting)[0]?.obstacles).toEqual([]);
  });

  test('a judge that changes its mind does not pass', () => {
    const unsteady = labelsOn('answer-correct', { count: 100, wrong: 0 }).map((label, index) => ({
      ...label,
      again: [index % 5 === 0 ? ('cannot_tell' as const) : label.judge],
    }));
    expect(measure(unsteady)[0]?.obstacles).toEqual(['Asked again, it said the same in 80 %; 90 % is needed.']);
  });
});

describe('a labels file', () => {
  const line = (changes: object = {}): string =>
    JSON.stringify({
      criterion: 'answer-correct',
      rubric: '1',
      model: 'm',
      judge: 'no',
      triagers: { ana: 'no' },
      ...changes,
    });

  test('is read line by line', () => {
    expect(readLabels(`${line()}\n\n${line({ example: 'x', again: ['no'], confidence: 1 })}\r\n`)).toMatchObject({
      type: 'labels',
      rubric: '1',
      model: 'm',
      labels: [{ judge: 'no', again: [] }, { confidence: 1 }],
    });
  });

  test.each([
    ['', /^There are no labels in it\.$/],
    ['{', /^Line 1: it is not a JSON object\.$/],
    [`${line()}\n[]`, /^Line 2: it is not a JSON object\.$/],
    [line({ judge: 'maybe' }), /^Line 1: "judge": .*\.$/],
    [line({ triagers: {} }), /^Line 1: "triagers": must name at least one triager\.$/],
    [line({ verdict: 'no' }), /^Line 1: there is no key "verdict"\.$/],
    [line({ criterion: 'Answer correct' }), /^Line 1: "criterion": must be the id of a question/],
    [
      `${line()}\n${line({ model: 'other' })}`,
      /^Line 2: it is about other with rubric 1, those before about m with rubric 1\./,
    ],
  ])('that says %j is refused in a sentence', (text, problem) => {
    expect(readLabels(text)).toEqual({ type: 'refused', problem: expect.stringMatching(problem) });
  });

  test('of any content is read or refused, never an exception', () => {
    const types = new Set<string>();
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), text => void types.add(readLabels(text).type)));
    expect([...types]).toEqual(['refused']);
  });
});
