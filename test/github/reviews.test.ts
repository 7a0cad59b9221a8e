import { expect, test } from 'vitest';
import { inlineMarker, reviewMarker } from '../../src/core/markers.ts';
import type { InlineComment } from '../../src/core/plan.ts';
import { leaf, load, name, world } from './world.ts';

const fingerprint = (digit: number): string => String(digit).repeat(40);

const inline = (digit: number, start: number, end = start): InlineComment => ({
  fingerprint: fingerprint(digit),
  severity: 'error',
  path: leaf,
  lines: { start, end },
  body: `Wrong.\n${inlineMarker(fingerprint(digit))}`,
});

async function start() {
  const here = await world();
  const ref = await here.open({ [leaf]: 'a\nb\nc\nd\n' });
  const pullRequest = await load(here.port, ref);
  const { headSha } = pullRequest;
  const body = `Assay\n${reviewMarker(headSha)}`;
  const reviews = () => here.github.view(name, ref.number).reviews;
  const posted = () => here.port.loadPosted(pullRequest, []);
  return { ...here, ref, headSha, body, reviews, posted };
}

test('a review with comments on lines and ranges is sent at once and found again', async () => {
  await using here = await start();
  const { headSha, body } = here;
  expect(await here.posted()).toMatchObject({ reviewedHeads: [], inlineComments: [] });
  await here.port.apply(here.ref, { type: 'submit_review', headSha, body, comments: [inline(1, 2), inline(2, 3, 4)] });

  expect(here.reviews()).toMatchObject([
    {
      state: 'COMMENTED',
      comments: [
        { line: 2, startLine: null, side: 'RIGHT' },
        { line: 4, startLine: 3 },
      ],
    },
  ]);
  expect(await here.posted()).toMatchObject({
    reviewedHeads: [headSha],
    inlineComments: [
      { fingerprint: fingerprint(1), isAnswered: false, isMinimized: false },
      { fingerprint: fingerprint(2), isAnswered: false, isMinimized: false },
    ],
  });
  here.github.assertClean();
});

test('an answered comment is told from an unanswered one; what no longer applies is folded or deleted', async () => {
  await using here = await start();
  const { headSha, body } = here;
  await here.port.apply(here.ref, { type: 'submit_review', headSha, body, comments: [inline(1, 1), inline(2, 2)] });
  const [first, second] = (await here.posted()).inlineComments;
  here.people.reply({ repository: name, number: here.ref.number, by: 'ann', to: first?.id ?? 0, body: 'Why?' });
  expect((await here.posted()).inlineComments.map(({ isAnswered }) => isAnswered)).toEqual([true, false]);

  await here.port.apply(here.ref, { type: 'minimize_review_comment', nodeId: first?.nodeId ?? '' });
  await here.port.apply(here.ref, { type: 'delete_review_comment', id: second?.id ?? 0 });
  expect((await here.posted()).inlineComments).toMatchObject([{ id: first?.id, isMinimized: true }]);
  // Again, as after a kill.
  await here.port.apply(here.ref, { type: 'minimize_review_comment', nodeId: first?.nodeId ?? '' });
  await here.port.apply(here.ref, { type: 'delete_review_comment', id: second?.id ?? 0 });
  here.github.assertClean();
});

test('a review that arrived although the answer was lost is not sent again', async () => {
  await using here = await start();
  const { headSha, body } = here;
  here.github.fault({ method: 'POST', path: /\/reviews/, dropConnection: true, afterEffect: true });
  await here.port.apply(here.ref, { type: 'submit_review', headSha, body, comments: [inline(1, 1)] });
  expect(here.reviews()).toHaveLength(1);
});

test('a line that GitHub does not take as one of the diff costs the inline comments, not the review', async () => {
  await using here = await start();
  const { headSha, body } = here;
  await here.port.apply(here.ref, { type: 'submit_review', headSha, body, comments: [inline(1, 1), inline(2, 999)] });
  expect(here.reviews()).toMatchObject([{ state: 'COMMENTED', comments: [] }]);
});

test('copied markers of people count for nothing', async () => {
  await using here = await start();
  const { headSha, body } = here;
  await here.people.review({
    repository: name,
    number: here.ref.number,
    by: 'ann',
    body,
    comments: [{ path: leaf, line: 1, body: inline(1, 1).body }],
  });
  expect(await here.posted()).toMatchObject({ reviewedHeads: [], inlineComments: [] });
  await here.port.apply(here.ref, { type: 'submit_review', headSha, body, comments: [inline(2, 2)] });
  expect(await here.posted()).toMatchObject({
    reviewedHeads: [headSha],
    inlineComments: [{ fingerprint: fingerprint(2) }],
  });
});

test('more than a hundred threads are read to the last', async () => {
  await using here = await start();
  const { headSha, body } = here;
  const comments = Array.from({ length: 130 }, (_, index) => ({
    ...inline(1, 1),
    body: `n\n${inlineMarker(String(index).padStart(40, '0'))}`,
  }));
  await here.port.apply(here.ref, { type: 'submit_review', headSha, body, comments });
  expect((await here.posted()).inlineComments).toHaveLength(130);
});
