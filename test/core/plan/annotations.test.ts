import { describe, expect, test } from 'vitest';
import { hashText, hashTexts } from '../../../src/core/finding.ts';
import { annotate, identifyCheck } from '../../../src/core/plan/check.ts';
import { planRules } from '../../../src/core/plan/checks.ts';
import { renderComment } from '../../../src/core/render/comment.ts';
import { concern, factsOf, headSha, limericks } from './sample-facts.ts';

describe('very many findings', () => {
  const many = (count: number) => [
    ...Array.from({ length: count - 1 }, (_, index) => ({
      ...concern({ severity: 'question' }),
      message: `Number ${index}.`,
      location: { path: limericks, line: index + 1, column: 1 },
    })),
    concern(),
  ];

  test('have 200 marks, the gravest first, and the rest is counted', () => {
    const { annotations, summary, conclusion } = planRules(factsOf(many(3_000)));
    expect(annotations).toHaveLength(200);
    expect(annotations[0]?.level).toBe('failure');
    expect(summary).toContain('The 200 gravest are marked on their lines, and 2,800 more are not.');
    expect(conclusion).toBe('failure');
    expect(planRules(factsOf(many(200))).summary).not.toContain('more are not');
  });

  test('are hashed in pieces to the id of the whole: what stands is not written again', () => {
    const marks = annotate(factsOf(many(3)).verdict.findings);
    expect(hashTexts(['a', 'é', '', '"b"'])).toBe(hashText('aé"b"'));
    const check = identifyCheck(7, { name: 'assay/rules', headSha, title: 't', summary: 's', annotations: marks });
    expect(check.externalId).toBe(`#7:${hashText(JSON.stringify(['assay/rules', null, 't', 's', null, marks]))}`);
  });
});

describe('what is about the pull request itself', () => {
  const unsigned = {
    ...concern({ rule: 'contribution/sign-off', message: 'Commit `a1b2c3d` has no `Signed-off-by` line.' }),
    location: { path: '', line: 1, column: 1 },
  };

  test('fails the check and is told in its text, and has no mark, since there is no line for it', () => {
    const { annotations, conclusion, text } = planRules(factsOf([unsigned]));
    expect(annotations).toEqual([]);
    expect(conclusion).toBe('failure');
    expect(text).toContain('**The pull request is in order**: 1 thing to change');
    expect(text).toContain('- **Must change**: Commit `a1b2c3d` has no');
  });

  test('stands in the comment under a title of its own', () => {
    const comment = renderComment(factsOf([unsigned, concern()]));
    expect(comment).toContain('**The pull request itself**\n\n- **Must change**: Commit');
  });
});

test('a finding links to its rule where the documentation has a home, and what the judge noticed does not', () => {
  const settings = { host: 'https://github.com', appSlug: 'assay', docs: { owner: 'acme', name: 'assay' } };
  const remark = concern({ rule: 'judge/answer-correct', severity: 'question' });
  const comment = renderComment(factsOf([concern(), remark], { settings }));
  expect(comment).toContain(
    '([`schema/too-few-items`](https://github.com/acme/assay/blob/HEAD/docs/rules.md#schematoo-few-items), ',
  );
  expect(comment).toContain('(`judge/answer-correct`, ');
});
