import { describe, expect, test } from 'vitest';
import type { Annotation, CheckPlan } from '../../src/core/plan.ts';
import { Gone } from '../../src/core/trouble.ts';
import { Transient } from '../../src/github/errors.ts';
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

  test('that was interrupted between its parts is finished without doubling any', async () => {
    await using here = await start();
    const check = here.check({ conclusion: 'failure', annotations: annotations(120) });
    here.github.fault({
      method: 'PATCH',
      path: '/repos/{owner}/{repo}/check-runs/{check_run_id}',
      after: 1,
      dropConnection: true,
    });
    await expect(here.port.apply(here.ref, { type: 'create_check', check })).rejects.toBeInstanceOf(Transient);

    const [half] = await here.posted();
    expect(half).toMatchObject({ status: 'in_progress', annotations: 100 });
    expect(half?.externalId).not.toBe(check.externalId);
    await here.port.apply(here.ref, { type: 'update_check', id: half?.id ?? 0, check });
    expect(here.shown()).toHaveLength(1);
    expect(here.shown()[0]).toMatchObject({ conclusion: 'failure' });
    expect(here.shown()[0]?.annotations).toHaveLength(120);
    expect(await here.posted()).toMatchObject([{ id: half?.id, externalId: check.externalId }]);
  });

  test('whose annotations are fewer than before is taken over by a new run', async () => {
    await using here = await start();
    const before = here.check({ conclusion: 'failure', annotations: annotations(3) });
    const id = (await here.port.apply(here.ref, { type: 'create_check', check: before })) ?? 0;
    const after = here.check({ externalId: '#1:bbbb', conclusion: 'success', annotations: annotations(1) });
    const successor = await here.port.apply(here.ref, { type: 'update_check', id, check: after });

    expect(successor).toBeGreaterThan(id);
    expect(here.shown()).toMatchObject([{ conclusion: 'success' }]);
    expect(here.shown()[0]?.annotations).toHaveLength(1);
    expect(await here.posted()).toMatchObject([{ id: successor, externalId: '#1:bbbb' }]);
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

  test('for a commit that does not exist is gone', async () => {
    await using here = await start();
    const check = here.check({ headSha: '9'.repeat(40) });
    await expect(here.port.apply(here.ref, { type: 'create_check', check })).rejects.toBeInstanceOf(Gone);
  });

  test('of another App, or of another pull request with the same head, is told apart', async () => {
    await using here = await start();
    here.people.reportCheck({
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
