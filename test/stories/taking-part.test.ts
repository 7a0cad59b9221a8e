import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fiveExamples, leafOf, qnaOf, soundSkill, unsoundSkill } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';
import type { World } from './taxonomy-world.ts';
import type { Taxonomy } from './taxonomy.ts';

/** GitHub cuts lists of trees at a hundred thousand entries; here at forty, so that a story can reach it. */
const TREE_ENTRIES = 40;

let world: World;
beforeAll(async () => {
  world = await startWorld({ github: { limits: { treeEntries: TREE_ENTRIES } } });
});
afterAll(() => world[Symbol.asyncDispose]());

const manyDocs = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`docs/page${index}.md`, `${index}\n`]));

describe('which repositories and pull requests take part', () => {
  test('a repository without a policy and without a taxonomy is never written to', async () => {
    const other = await world.taxonomy({ files: { 'src/index.js': 'export {};\n' } });
    const writes = await world.writesDuring(async () => {
      const number = await other.open(unsoundSkill('lost letters'));
      await other.say(number, 'mira', '/assay help');
      await other.push(number, { 'src/index.js': 'export default 1;\n' });
      await world.people.enqueue({ ...other.pull(number), by: 'ines' });
    });
    expect(writes).toBe(0);
  });

  test('without an installation nothing happens at all', async () => {
    const other = await world.taxonomy({ isInstalled: false });
    const before = world.github.exchanges.length;
    await other.open(unsoundSkill('lost letters'));
    expect(world.github.exchanges.length).toBe(before);
  });

  test.each([
    ['adds a page', { 'docs/guide.md': '# Guide\n' }],
    ['removes a page', { 'README.md': null }],
    ['changes nothing', {}],
  ])('a pull request that %s has nothing to review: one green check, and silence', async (_, files) => {
    const taxonomy = await world.taxonomy();
    const number = await taxonomy.open(files);
    expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'success' });
    expect(taxonomy.check(number, 'assay/rules')?.title).toBe('Nothing to review');
    expect(taxonomy.words(number)).toEqual([]);
    expect(taxonomy.labels(number)).toEqual([]);
    expect(taxonomy.view(number).mergeability.isMergeable).toBe(true);
  });

  test('one that no longer touches the taxonomy: what was said before is taken back', async () => {
    const taxonomy = await world.taxonomy();
    const number = await taxonomy.open({ ...unsoundSkill('lost letters'), 'docs/guide.md': '# Guide\n' });
    expect(taxonomy.labels(number)).toEqual(['skill', 'triage-requested-changes']);
    await taxonomy.push(number, { [qnaOf('lost letters')]: null });
    expect(taxonomy.check(number, 'assay/rules')).toMatchObject({ conclusion: 'success', title: 'Nothing to review' });
    expect(taxonomy.words(number)).toEqual([expect.stringContaining('does not touch the taxonomy any more')]);
    expect(taxonomy.labels(number)).toEqual([]);
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
  });
});

describe('the policy', () => {
  test('`observe`: checks are neutral, whatever is found; no comment, no label, no review, no reply', async () => {
    const taxonomy = await world.taxonomy({ policy: 'mode: observe\n' });
    const number = await taxonomy.open(unsoundSkill('lost letters'));
    await taxonomy.say(number, 'a-stranger', '/assay help');
    expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'neutral', 'assay/judge': 'neutral' });
    expect(taxonomy.check(number, 'assay/rules')?.annotations).toHaveLength(2);
    expect(taxonomy.words(number)).toEqual([]);
    expect(taxonomy.labels(number)).toEqual([]);
    expect(taxonomy.view(number).reviews).toEqual([]);
    expect(taxonomy.view(number).mergeability.isMergeable).toBe(true);
  });

  test('is that of the base branch: what the pull request changes of it has no effect', async () => {
    const taxonomy = await world.taxonomy();
    const policy = 'mode: observe\njudge: off\nlabels:\n  enabled: false\n';
    const number = await taxonomy.open({ ...unsoundSkill('lost letters'), '.github/assay.yml': policy });
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('failure');
    expect(taxonomy.labels(number)).toEqual(['skill', 'triage-requested-changes']);
  });

  test('that cannot be read is told to maintainers, and the defaults hold until it is mended', async () => {
    const taxonomy = await world.taxonomy({ policy: 'mode: active\nlabel:\n  enabled: false\n' });
    const number = await taxonomy.open(soundSkill('lost letters'));
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
    expect(taxonomy.labels(number)).toEqual(['skill', 'triage-needed']);
    expect(taxonomy.words(number)[0]).toMatch(/cannot be used, line 2.*did you mean `labels`/s);

    await world.people.pushToBranch({
      repository: taxonomy.name,
      by: 'ines',
      files: { '.github/assay.yml': 'judge: off\n' },
    });
    await world.quiet();
    expect(taxonomy.words(number)).toEqual([expect.not.stringContaining('cannot be used')]);
    expect(taxonomy.check(number, 'assay/judge')).toMatchObject({
      conclusion: 'neutral',
      title: expect.stringMatching(/switched off/i),
    });
  });
});

describe('the merge queue', () => {
  /** Puts it into the queue, waits for the checks, and lets the queue decide. */
  async function queued(taxonomy: Taxonomy, number: number) {
    const { sha } = await world.people.enqueue({ ...taxonomy.pull(number), by: 'ines' });
    await world.quiet();
    const { checkRuns } = world.github.repository(taxonomy.name);
    const runs = checkRuns
      .filter(run => run.headSha === sha)
      .map(({ name, conclusion, title, summary }) => ({ name, conclusion, title, summary }));
    const end = await world.people.settleQueue(taxonomy.pull(number));
    await world.quiet();
    return { runs, end };
  }

  test('merges what is sound', async () => {
    const taxonomy = await world.taxonomy();
    const number = await taxonomy.open(soundSkill('night trains'));
    const { runs, end } = await queued(taxonomy, number);
    expect(runs).toMatchObject([{ name: 'assay/rules', conclusion: 'success' }]);
    expect(end).toBe('merged');
    expect(taxonomy.view(number).state).toBe('merged');
  });

  test('heeds what people decided on the pull request: a waiver lets pass, a hold does not', async () => {
    const taxonomy = await world.taxonomy();
    const files = Object.entries(soundSkill('night ferries')).map(([path, text]) => [
      path.replace('night_ferries', 'night ferries'),
      text,
    ]);
    const number = await taxonomy.open(Object.fromEntries(files));
    const refused = await queued(taxonomy, number);
    expect(refused.runs).toMatchObject([{ conclusion: 'failure' }]);

    await taxonomy.say(number, 'tom', '/assay waive layout/directory-name Agreed in the meeting');
    await taxonomy.say(number, 'tom', '/assay hold');
    const held = await queued(taxonomy, number);
    expect(held.runs).toMatchObject([{ conclusion: 'failure', title: 'On hold' }]);
    await taxonomy.say(number, 'tom', '/assay unhold');
    expect((await queued(taxonomy, number)).end).toBe('merged');
  });

  test('merges what has nothing to do with the taxonomy', async () => {
    const taxonomy = await world.taxonomy();
    const number = await taxonomy.open({ 'docs/guide.md': '# Guide\n' });
    expect((await queued(taxonomy, number)).end).toBe('merged');
  });

  test('sends back what has an error, also one that only shows on the merged tree', async () => {
    const taxonomy = await world.taxonomy();
    const unsound = await taxonomy.open(unsoundSkill('night trains'));
    expect((await queued(taxonomy, unsound)).end).toBe('dequeued');

    // Both are sound, until one of them is merged.
    const first = await taxonomy.open(soundSkill('sleeper cars', fiveExamples('sleepers')));
    const second = await taxonomy.open(soundSkill('dining cars', fiveExamples('sleepers')), { by: 'tomasz' });
    expect((await queued(taxonomy, first)).end).toBe('merged');
    const { runs, end } = await queued(taxonomy, second);
    expect(runs).toMatchObject([{ conclusion: 'failure', summary: expect.stringMatching(/5 things to change/) }]);
    expect(end).toBe('dequeued');
  });

  test('never lets through what could not be looked at', async () => {
    const taxonomy = await world.taxonomy();
    const number = await taxonomy.open({ ...soundSkill('night trains'), ...manyDocs });
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
    const { runs, end } = await queued(taxonomy, number);
    expect(runs).toMatchObject([
      { conclusion: 'failure', summary: expect.stringMatching(/Not everything was looked at/) },
    ]);
    expect(end).toBe('dequeued');
  });

  test('hears of our trouble, and in the end gets a no instead of silence', async () => {
    const taxonomy = await world.taxonomy();
    const number = await taxonomy.open(soundSkill('night trains'));
    const recover = world.github.fault({ path: /\/compare\//, times: Infinity, respond: { status: 502 } });
    const { runs, end } = await queued(taxonomy, number);
    expect(runs).toMatchObject([{ conclusion: 'failure' }]);
    expect(end).toBe('dequeued');
    recover();
  });

  test('is not held up where the repository only observes', async () => {
    const taxonomy = await world.taxonomy({ policy: 'mode: observe\n' });
    const number = await taxonomy.open(unsoundSkill('night trains'));
    const { runs, end } = await queued(taxonomy, number);
    expect(runs).toMatchObject([{ conclusion: 'neutral', summary: expect.stringMatching(/2 things to change/) }]);
    expect(end).toBe('merged');
  });

  test('leaves are deleted through it, too', async () => {
    const taxonomy = await world.taxonomy();
    const leaf = leafOf('harbour cranes');
    const number = await taxonomy.open({ [`${leaf}/qna.yaml`]: null, [`${leaf}/attribution.txt`]: null });
    expect((await queued(taxonomy, number)).end).toBe('merged');
  });
});

describe('the sign-off of commits', () => {
  test('is asked for, and what was mended by a forced push is no longer told', async () => {
    const taxonomy = await world.taxonomy();
    const files = soundSkill('garden gates');
    const number = await taxonomy.open(files, { unsigned: true });
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('failure');
    expect(taxonomy.words(number)[0]).toMatch(
      /\*\*The pull request itself\*\*.*Commit .* has no `Signed-off-by` line/s,
    );
    await world.people.forcePush({ ...taxonomy.pull(number), files });
    await world.quiet();
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
    expect(taxonomy.words(number)).toEqual([expect.not.stringContaining('Signed-off-by')]);
  });

  test('is not asked for where the policy says so', async () => {
    const taxonomy = await world.taxonomy({ policy: "dco: 'off'\n" });
    const number = await taxonomy.open(soundSkill('garden gates'), { unsigned: true });
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
  });
});
