import { describe, expect, test } from 'vitest';
import type { Annotation, CheckPlan } from '../../src/core/plan.ts';
import { diffChecks } from '../../src/core/diff.ts';
import { Missing, Transient } from '../../src/github/errors.ts';
import { leaf, load, name, world } from './world.ts';

const annotation = (line: number): Annotation => ({
  path: leaf,
  startLine: line,
  endLine: line,
  startColumn: 3,
  level: 'failure',
  title: `schema/type (${line})`,
  message: `Line ${line} is wrong.`,
});

const annotations = (count: number): readonly Annotation[] =>
  Array.from({ length: count }, (_, index) => annotation(index + 1));

async function start() {
  const here = await world();
  const ref = await here.open({ [leaf]: 'x\n' });
  const pullRequest = await load(here.port, ref);
  const { headSha } = pullRequest;
  const check = (more: Partial<CheckPlan>): CheckPlan => ({
    name: 'assay/rules',
    headSha,
    externalId: `#${ref.number}:aaaa`,
    title: 'Title',
    summary: 'Summary',
    annotations: [],
    ...more,
  });
  const shown = () => here.github.view(name, ref.number).checks;
  const posted = async () => (await here.port.loadPosted(pullRequest, [])).checks;
  return { ...here, ref, headSha, check, shown, posted };
}

describe('a check run', () => {
  test('appears, and is found again', async () => {
    await using here = await start();
    const id = await here.port.apply(here.ref, { type: 'create_check', check: here.check({}) });

    expect(await here.posted()).toEqual([
      { id, name: 'assay/rules', externalId: '#1:aaaa', status: 'in_progress', annotations: 0 },
    ]);
    expect(here.shown()).toMatchObject([
      { name: 'assay/rules', status: 'in_progress', title: 'Title', buttons: ['Re-review'] },
    ]);
    here.github.assertClean();
  });

  test('ends with its conclusion and its annotations', async () => {
    await using here = await start();
    const id = (await here.port.apply(here.ref, { type: 'create_check', check: here.check({}) })) ?? 0;
    const check = here.check({
      externalId: '#1:bbbb',
      conclusion: 'failure',
      annotations: annotations(2),
      text: 'Text',
    });
    expect(await here.port.apply(here.ref, { type: 'update_check', id, check })).toBeUndefined();

    expect(here.shown()).toMatchObject([{ status: 'completed', conclusion: 'failure', text: 'Text' }]);
    expect(here.shown()[0]?.annotations).toMatchObject([
      { path: leaf, start_line: 1, start_column: 3, annotation_level: 'failure', message: 'Line 1 is wrong.' },
      { start_line: 2 },
    ]);
    here.github.assertClean();
  });

  test('with 120 annotations is sent in three parts, and is not green before the last', async () => {
    await using here = await start();
    const conclusions: (string | null)[] = [];
    here.github.on('after', ({ isWrite, path }) => {
      if (isWrite && path.includes('check-runs')) conclusions.push(here.shown()[0]?.conclusion ?? null);
    });
    const check = here.check({ conclusion: 'success', annotations: annotations(120) });
    await here.port.apply(here.ref, { type: 'create_check', check });

    expect(conclusions).toEqual([null, null, 'success']);
    expect(here.shown()[0]?.annotations).toHaveLength(120);
    expect((await here.posted())[0]).toMatchObject({ externalId: '#1:aaaa', annotations: 120, status: 'completed' });
    here.github.assertClean();
  });

  test('that was interrupted between its parts is known by no plan’s external id', async () => {
    await using here = await start();
    const check = here.check({ conclusion: 'success', annotations: annotations(120) });
    here.github.fault({
      method: 'PATCH',
      path: '/repos/{owner}/{repo}/check-runs/{check_run_id}',
      after: 1,
      dropConnection: true,
    });
    await expect(here.port.apply(here.ref, { type: 'create_check', check })).rejects.toBeInstanceOf(Transient);

    const posted = await here.posted();
    expect(posted).toMatchObject([{ status: 'in_progress', annotations: 100 }]);
    // The diff asks for a new run then, which takes the place of the half one.
    const actions = diffChecks([check], posted);
    expect(actions.map(({ type }) => type)).toEqual(['create_check']);
    for (const action of actions) await here.port.apply(here.ref, action);
    expect(here.shown()).toMatchObject([{ conclusion: 'success' }]);
    expect(here.shown()[0]?.annotations).toHaveLength(120);
    expect(diffChecks([check], await here.posted())).toEqual([]);
  });

  test('with another result is a new run, which takes the place of the old one', async () => {
    await using here = await start();
    const before = here.check({ conclusion: 'failure', annotations: annotations(3) });
    const after = here.check({ externalId: '#1:bbbb', conclusion: 'success', annotations: annotations(1) });
    for (const check of [before, after])
      for (const action of diffChecks([check], await here.posted())) await here.port.apply(here.ref, action);

    expect(here.shown()).toMatchObject([{ conclusion: 'success' }]);
    expect(here.shown()[0]?.annotations).toHaveLength(1);
    expect(await here.posted()).toMatchObject([{ externalId: '#1:bbbb' }]);
    here.github.assertClean();
  });

  test('goes back to in progress', async () => {
    await using here = await start();
    const id =
      (await here.port.apply(here.ref, { type: 'create_check', check: here.check({ conclusion: 'success' }) })) ?? 0;
    await here.port.apply(here.ref, { type: 'update_check', id, check: here.check({ externalId: '#1:cccc' }) });
    expect(here.shown()).toMatchObject([{ status: 'in_progress', conclusion: null }]);
  });

  test('that was created although the answer was lost is not created again', async () => {
    await using here = await start();
    here.github.fault({
      method: 'POST',
      path: '/repos/{owner}/{repo}/check-runs',
      dropConnection: true,
      afterEffect: true,
    });
    const id = await here.port.apply(here.ref, { type: 'create_check', check: here.check({ conclusion: 'success' }) });

    expect(await here.posted()).toMatchObject([{ id, status: 'completed' }]);
    expect(
      here.requests().filter(request => request.startsWith('POST') && request.endsWith('/check-runs')),
    ).toHaveLength(1);
  });

  test('that could not be created is trouble, and is not tried again blindly', async () => {
    await using here = await start();
    here.github.fault({ method: 'POST', path: '/repos/{owner}/{repo}/check-runs', respond: { status: 502 } });
    await expect(here.port.apply(here.ref, { type: 'create_check', check: here.check({}) })).rejects.toThrow('502');
    expect(await here.posted()).toEqual([]);
  });

  test('for a commit that GitHub does not know, or not yet, is tried again', async () => {
    await using here = await start();
    const check = here.check({ headSha: '9'.repeat(40) });
    await expect(here.port.apply(here.ref, { type: 'create_check', check })).rejects.toBeInstanceOf(Missing);
  });

  test('of another App, or of another pull request with the same head, is told apart', async () => {
    await using here = await start();
    await here.people.reportCheck({
      repository: name,
      app: 'other-ci',
      name: 'assay/rules',
      head_sha: here.headSha,
      external_id: '#1:aaaa',
      status: 'completed',
      conclusion: 'success',
    });
    expect(await here.posted()).toEqual([]);
    await here.port.apply(here.ref, { type: 'create_check', check: here.check({ externalId: '#7:bbbb' }) });
    await here.port.apply(here.ref, { type: 'create_check', check: here.check({}) });
    await here.port.apply(here.ref, { type: 'create_check', check: here.check({ externalId: '#1:dddd' }) });

    expect((await here.posted()).map(({ externalId }) => externalId).sort()).toEqual(['#1:dddd', '#7:bbbb']);
  });

  test('of another open pull request with the same head says with whom it is shared', async () => {
    await using here = await world();
    const open = (base: string) =>
      here.people.openPullRequest({ repository: name, author: 'ann', title: 'x', branch: 'shared', base, files: {} });
    await here.people.pushToBranch({ repository: name, branch: 'release', by: 'mara', files: { 'docs/a.md': 'a\n' } });
    await here.people.pushToBranch({ repository: name, branch: 'shared', by: 'ann', files: { [leaf]: 'x\n' } });
    const first = here.ref(await open('main'));
    const second = here.ref(await open('release'));
    here.github.pullRequest(name, first.number).head.sha = here.github.pullRequest(name, second.number).head.sha;
    const pullRequest = await load(here.port, first);
    const sharedWith = async () => (await here.port.loadPosted(pullRequest, [])).sharedWith;
    expect(await sharedWith()).toEqual([]);
    const { headSha } = pullRequest;
    const check = { name: 'assay/rules', headSha, title: 't', summary: 's', annotations: [] } as const;
    await here.port.apply(second, { type: 'create_check', check: { ...check, externalId: `#${second.number}:a` } });

    expect(await sharedWith()).toEqual([second.number]);
    await here.people.close({ repository: name, number: second.number, by: 'ann' });
    expect(await sharedWith()).toEqual([]);
  });

  test('of a merge queue needs no pull request', async () => {
    await using here = await start();
    const commit = { repository: here.repository, sha: here.headSha };
    expect(await here.port.loadChecks(commit)).toEqual([]);
    const id = await here.port.apply(commit, {
      type: 'create_check',
      check: here.check({ externalId: 'group:1', conclusion: 'failure' }),
    });
    expect(await here.port.loadChecks(commit)).toMatchObject([{ id, externalId: 'group:1', conclusion: 'failure' }]);
  });
});
