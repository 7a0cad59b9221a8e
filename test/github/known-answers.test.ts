import { expect, test } from 'vitest';
import { Gone } from '../../src/core/trouble.ts';
import { createKnownAnswers } from '../../src/github/known-answers.ts';
import { leaf, load, name, world } from './world.ts';

/** What the installation has left of its hour. Asking costs nothing. */
async function remaining({ connection, installation }: Awaited<ReturnType<typeof world>>): Promise<number> {
  const { data } = await connection.forInstallation(installation.id).octokit.rest.rateLimit.get();
  return data.rate.remaining;
}

/** A list of comments, the last page of which holds so many. */
async function conversation(here: Awaited<ReturnType<typeof world>>, comments: number) {
  const ref = await here.open({ [leaf]: 'x\n' });
  const add = (body: string) => here.people.comment({ repository: name, number: ref.number, by: 'tom', body });
  for (let index = 0; index < comments; index++) await add(`Comment ${index}`);
  const texts = async () => (await here.port.loadComments(ref)).map(({ body }) => body);
  return { ref, add, texts };
}

test('what has not changed costs nothing of the hour', async () => {
  await using here = await world();
  const ref = await here.open({ [leaf]: 'x\n' });
  const look = async () => {
    const comments = await here.port.loadComments(ref);
    const pullRequest = await load(here.port, ref);
    return { comments, pullRequest, posted: await here.port.loadPosted(pullRequest, comments) };
  };
  const first = await look();
  const [left, before] = [await remaining(here), here.port.counts()];
  expect(await look()).toEqual(first);
  const { reads, unchanged } = here.port.counts();
  expect({ reads: reads - before.reads, unchanged }).toEqual({ reads: 10, unchanged: 8 });
  // GraphQL knows no ETags: what stands at the paths of the head, and the contents.
  expect(left - (await remaining(here))).toBe(2);
});

test('a change shows at the next look', async () => {
  await using here = await world();
  const { texts, add, ref } = await conversation(here, 1);
  expect(await texts()).toEqual(['Comment 0']);
  const { id } = (await here.port.loadComments(ref))[0] ?? { id: 0 };
  await here.people.editComment({ repository: name, id, by: 'tom', body: 'Changed' });
  expect(await texts()).toEqual(['Changed']);
  await add('One more');
  expect(await texts()).toEqual(['Changed', 'One more']);
});

test('the first comment on another page shows, though the full page before it is the same', async () => {
  await using here = await world();
  const { texts, add } = await conversation(here, 100);
  expect(await texts()).toHaveLength(100);
  expect(await texts()).toHaveLength(100);
  await add('The hundred and first');
  expect(await texts()).toContain('The hundred and first');
  await add('The last');
  expect(await texts()).toContain('The last');
  expect(here.port.counts().unchanged).toBeGreaterThan(0);
});

test('what may not be seen any more is not told from memory', async () => {
  await using here = await world();
  const ref = await here.open({ [leaf]: 'x\n' });
  expect(await here.port.loadHead(ref)).toBeDefined();
  await here.github.uninstall('instruct');
  await expect(here.port.loadHead(ref)).rejects.toBeInstanceOf(Gone);
});

test('each installation asks for itself, and rights are asked for in full', async () => {
  await using here = await world();
  const ref = await here.open({ [leaf]: 'x\n' });
  const other = await here.github.install('another');
  const { octokit, counts } = here.connection.forInstallation(other.id);
  const place = { owner: 'instruct', repo: 'taxonomy', pull_number: ref.number };
  await here.port.loadHead(ref);
  await octokit.rest.pulls.get(place);
  expect(counts()).toEqual({ reads: 1, unchanged: 0, writes: 0 });
  await octokit.rest.pulls.get(place);
  expect(counts()).toEqual({ reads: 2, unchanged: 1, writes: 0 });

  await here.port.loadRole(here.repository, 'tom');
  await here.port.loadRole(here.repository, 'tom');
  expect(here.port.counts().unchanged).toBe(0);
});

test('JSON that was cut on its way is not kept', async () => {
  const asked: (string | undefined)[] = [];
  const known = createKnownAnswers();
  const answers = ['[{"id": 1}, {"i', '[]', '[]'];
  const look = () =>
    known.ask('key', 'https://api.github.com/x', async etag => {
      asked.push(etag);
      return new Response(answers.shift(), { headers: { etag: '"1"' } });
    });
  await look();
  await look();
  await look();
  expect(asked).toEqual([undefined, undefined, '"1"']);
});

test('the answers that were used last are kept, up to so many bytes', async () => {
  const known = createKnownAnswers(25);
  const ask = async (key: string) => {
    let isKnown = false;
    await known.ask(key, 'https://api.github.com/x', async etag => {
      isKnown = etag !== undefined;
      return isKnown ? new Response(null, { status: 304 }) : new Response('"10 bytes"', { headers: { etag: '"1"' } });
    });
    return isKnown;
  };
  expect([await ask('a'), await ask('b'), await ask('a')]).toEqual([false, false, true]);
  expect([await ask('c'), await ask('a'), await ask('b')]).toEqual([false, true, false]);
});
