import { expect, test } from 'vitest';
import { leaf, load, name, world } from './world.ts';

async function start() {
  const here = await world();
  const ref = await here.open({ [leaf]: 'x\n' });
  const pullRequest = await load(here.port, ref);
  return {
    ...here,
    ref,
    pull: { repository: name, number: ref.number },
    posted: () => here.port.loadPosted(pullRequest, []),
  };
}

test('labels are put on, made where they are missing, and taken off', async () => {
  await using here = await start();
  await here.people.addLabel({ ...here.pull, by: 'mara', label: 'skill' });
  await here.port.apply(here.ref, {
    type: 'add_labels',
    labels: ['skill', 'triage-needed', 'our own/name'],
    colours: {},
  });
  expect((await here.posted()).labels.toSorted()).toEqual(['our own/name', 'skill', 'triage-needed']);
  await here.port.apply(here.ref, { type: 'remove_label', label: 'our own/name' });
  await here.port.apply(here.ref, { type: 'remove_label', label: 'our own/name' });

  expect((await here.posted()).labels.toSorted()).toEqual(['skill', 'triage-needed']);
  here.github.assertClean();
});

test('who put on and took off what is read from GitHub’s record', async () => {
  await using here = await start();
  await here.port.apply(here.ref, { type: 'add_labels', labels: ['triage-needed'], colours: {} });
  await here.people.removeLabel({ ...here.pull, by: 'mara', label: 'triage-needed' });
  await here.people.addLabel({ ...here.pull, by: 'mara', label: 'knowledge' });

  expect((await here.posted()).labelEvents).toMatchObject([
    { label: 'triage-needed', type: 'labeled', byUs: true, byBot: false },
    { label: 'triage-needed', type: 'unlabeled', byUs: false, byBot: false },
    { label: 'knowledge', type: 'labeled', byUs: false },
  ]);
  here.github.assertClean();
});

test('a head is known since its first check run of this pull request', async () => {
  let clock = Date.now();
  await using here = await world({ now: () => clock });
  const ref = await here.open({ [leaf]: 'x\n' });
  const pullRequest = await load(here.port, ref);
  const check = {
    name: 'assay/rules',
    headSha: pullRequest.headSha,
    title: 't',
    summary: 's',
    annotations: [],
  } as const;
  const create = (externalId: string) =>
    here.port.apply(ref, { type: 'create_check', check: { ...check, externalId } });
  expect((await here.port.loadPosted(pullRequest, [])).headSince).toBeUndefined();
  await create('#9:a');
  clock += 60_000;
  const since = new Date(clock).toISOString().slice(0, 19);
  await create(`#${ref.number}:a`);
  clock += 60_000;
  await create(`#${ref.number}:b`);

  expect((await here.port.loadPosted(pullRequest, [])).headSince).toBe(`${since}Z`);
});
