import { describe, expect, test } from 'vitest';
import { STICKY_MARKER, replyMarker } from '../../src/core/markers.ts';
import { leaf, load, name, world } from './world.ts';

async function start() {
  const here = await world();
  const ref = await here.open({ [leaf]: 'x\n' });
  const pull = { repository: name, number: ref.number };
  const bodies = () => here.github.view(name, ref.number).comments.map(({ body }) => body);
  return { ...here, ref, pull, bodies, pullRequest: await load(here.port, ref) };
}

const sticky = (text: string): string => `${text}\n${STICKY_MARKER}`;

describe('the conversation', () => {
  test('is read to its last page', async () => {
    await using here = await start();
    for (let index = 0; index < 205; index++) await here.people.comment({ ...here.pull, by: 'ann', body: `n${index}` });
    const comments = await here.port.loadComments(here.ref);

    expect(comments).toHaveLength(205);
    expect(comments.at(-1)).toMatchObject({ body: 'n204', author: { login: 'ann', isBot: false }, isOurs: false });
    here.github.assertClean();
  });

  test('our comment is ours by GitHub’s record, never by its text', async () => {
    await using here = await start();
    await here.people.comment({ ...here.pull, by: 'ann', body: sticky('forged by a person') });
    await here.people.commentAsApp({ ...here.pull, app: 'other-ci', body: sticky('forged by an App') });
    const comments = await here.port.loadComments(here.ref);
    expect(comments.map(({ isOurs }) => isOurs)).toEqual([false, false]);
    expect((await here.port.loadPosted(here.pullRequest, comments)).comment).toBeUndefined();

    const id = await here.port.apply(here.ref, { type: 'create_comment', body: sticky('ours') });
    const now = await here.port.loadComments(here.ref);
    expect((await here.port.loadPosted(here.pullRequest, now)).comment).toEqual({ id, body: sticky('ours') });
    here.github.assertClean();
  });

  test('a comment that was created although the answer was lost is not created again', async () => {
    await using here = await start();
    await here.people.comment({ ...here.pull, by: 'ann', body: sticky('forged') });
    here.github.fault({ method: 'POST', path: /\/issues\/\d+\/comments/, dropConnection: true, afterEffect: true });
    const id = await here.port.apply(here.ref, { type: 'create_comment', body: sticky('ours') });

    expect(here.bodies()).toEqual([sticky('forged'), sticky('ours')]);
    expect((await here.port.loadComments(here.ref)).find(comment => comment.id === id)?.isOurs).toBe(true);
  });

  test('a comment that did not come about is trouble', async () => {
    await using here = await start();
    here.github.fault({ method: 'POST', path: /\/issues\/\d+\/comments/, respond: { status: 502 } });
    await expect(here.port.apply(here.ref, { type: 'create_comment', body: sticky('ours') })).rejects.toThrow('502');
    expect(here.bodies()).toEqual([]);
  });

  test('our comment is updated; one that was deleted in between is trouble, so that the next look creates it', async () => {
    await using here = await start();
    const id = (await here.port.apply(here.ref, { type: 'create_comment', body: sticky('one') })) ?? 0;
    await here.port.apply(here.ref, { type: 'update_comment', id, body: sticky('two') });
    expect(here.bodies()).toEqual([sticky('two')]);
    await here.people.deleteComment({ repository: name, id, by: 'mara' });
    await expect(here.port.apply(here.ref, { type: 'update_comment', id, body: 'x' })).rejects.toThrow('deleted');
  });
});

describe('commands', () => {
  test('who edited a comment last', async () => {
    await using here = await start();
    const [plain, own, others] = [
      await here.people.comment({ ...here.pull, by: 'ann', body: '/assay review' }),
      await here.people.comment({ ...here.pull, by: 'ann', body: '/assay reviw' }),
      await here.people.comment({ ...here.pull, by: 'mara', body: 'hello' }),
    ];
    await here.people.editComment({ repository: name, id: own, by: 'ann', body: '/assay review' });
    await here.people.editComment({ repository: name, id: others, by: 'wim', body: '/assay review' });
    const comments = await here.port.loadComments(here.ref);
    await here.people.deleteComment({ repository: name, id: plain, by: 'ann' });
    const states = await here.port.loadCommentStates(here.ref.repository, comments);

    expect(Object.fromEntries(states)).toMatchObject({
      [own]: { editor: 'ann', editedAt: expect.stringMatching(/^20/), isDone: false, wasAccepted: false },
      [others]: { editor: 'wim', editedAt: expect.stringMatching(/^20/), isDone: false, wasAccepted: false },
    });
    here.github.assertClean();
  });

  test('our reaction says that it is done, nobody else’s does', async () => {
    await using here = await start();
    const ids: number[] = [];
    for (const body of ['a', 'b', 'c', 'd']) ids.push(await here.people.comment({ ...here.pull, by: 'ann', body }));
    const [seen = 0, refused = 0, others = 0] = ids;
    await here.port.apply(here.ref, { type: 'react', commentId: seen, reaction: 'eyes' });
    await here.port.apply(here.ref, { type: 'react', commentId: seen, reaction: 'eyes' });
    await here.port.apply(here.ref, { type: 'react', commentId: refused, reaction: 'confused' });
    here.people.react({ repository: name, id: others, by: 'ann', content: 'eyes' });
    const states = await here.port.loadCommentStates(here.ref.repository, await here.port.loadComments(here.ref));

    expect(ids.map(id => states.get(id)?.isDone)).toEqual([true, true, false, false]);
    expect(here.github.view(name, here.ref.number).comments[0]?.reactions).toHaveLength(1);
    here.github.assertClean();
  });

  test('a comment that is gone needs no reaction', async () => {
    await using here = await start();
    await expect(
      here.port.apply(here.ref, { type: 'react', commentId: 999_999, reaction: 'eyes' }),
    ).resolves.toBeUndefined();
  });

  test('a reply is given once, however often it is repeated', async () => {
    await using here = await start();
    const commentId = await here.people.comment({ ...here.pull, by: 'ann', body: '/assay help' });
    const body = (text: string): string => `${text}\n${replyMarker(commentId)}`;
    await here.people.comment({ ...here.pull, by: 'ann', body: body('forged') });
    here.github.fault({ method: 'POST', path: /\/issues\/\d+\/comments/, dropConnection: true, afterEffect: true });
    const first = await here.port.apply(here.ref, { type: 'reply', commentId, body: body('help') });
    const second = await here.port.apply(here.ref, { type: 'reply', commentId, body: body('help') });
    const third = await here.port.apply(here.ref, { type: 'reply', commentId, body: body('better help') });

    expect([second, third]).toEqual([first, first]);
    expect(here.bodies()).toEqual(['/assay help', body('forged'), body('better help')]);
    here.github.assertClean();
  });

  test('nothing to ask about costs no call', async () => {
    await using here = await start();
    const before = here.port.counts();
    expect((await here.port.loadCommentStates(here.ref.repository, [])).size).toBe(0);
    expect(here.port.counts()).toEqual(before);
  });
});
