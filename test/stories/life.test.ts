import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { honest, objectsTo } from '../simulator/model/scripts.ts';
import { fiveExamples, leafOf, qnaOf, soundSkill, unsoundSkill } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';
import type { World } from './taxonomy-world.ts';
import type { Taxonomy } from './taxonomy.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** Does something once, just before GitHub works on the first request that fits. */
function justBefore(method: string, path: RegExp, act: () => Promise<unknown>): void {
  const stop = world.github.on('before', async exchange => {
    if (exchange.method !== method || !path.test(exchange.path)) return;
    stop();
    await act();
  });
}

const labelEvents = (taxonomy: Taxonomy, number: number) =>
  world.github
    .pullRequest(taxonomy.name, number)
    .timeline.filter(({ event }) => event.endsWith('labeled'))
    .map(
      ({ event, label, actor }) =>
        `${actor.login.replace('assay-simulated[bot]', 'assay')} ${event} ${label?.name ?? ''}`,
    );

describe('from the first commit to the merge', () => {
  test('mistakes are told at once; when they are mended, the same comment says so, and another look writes nothing', async () => {
    const taxonomy = await world.taxonomy();
    const number = await taxonomy.open(unsoundSkill('paper boats'));

    expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'failure', 'assay/judge': 'neutral' });
    expect(taxonomy.check(number, 'assay/rules')?.annotations.map(({ title }) => title)).toEqual([
      expect.stringContaining('attribution/missing'),
      expect.stringContaining('schema/too-few-items'),
    ]);
    expect(taxonomy.labels(number)).toEqual(['skill', 'triage-requested-changes']);
    expect(taxonomy.words(number)).toEqual([expect.stringContaining('attribution.txt')]);
    expect(taxonomy.view(number).mergeability).toMatchObject({ isMergeable: false, state: 'blocked' });

    await taxonomy.push(number, soundSkill('paper boats'));
    expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'success', 'assay/judge': 'success' });
    expect(taxonomy.check(number, 'assay/rules')?.annotations).toEqual([]);
    expect(taxonomy.labels(number)).toEqual(['skill', 'triage-needed']);
    expect(taxonomy.words(number)).toEqual([expect.not.stringContaining('attribution/missing')]);
    expect(taxonomy.view(number).mergeability).toMatchObject({ isMergeable: true, state: 'clean' });

    const asked = world.model?.requests.length;
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
    expect(world.model?.requests.length).toBe(asked);
  });

  test('a life of five pushes and two commands leaves one comment, one reply and at most one review a head', async () => {
    const taxonomy = await world.taxonomy();
    world.script(objectsTo(['answers-the-question']));
    const number = await taxonomy.open(unsoundSkill('paper boats'));
    for (const wood of ['oak', 'ash', 'elm', 'yew', 'fir']) {
      const examples = fiveExamples(`boats of ${wood}`);
      await taxonomy.push(number, soundSkill('paper boats', examples));
    }
    await taxonomy.say(number, 'mira', '/assay review');
    await taxonomy.say(number, 'tom', '/assay help');
    await world.people.close({ ...taxonomy.pull(number), by: 'mira' });
    await world.quiet();
    world.script(honest);

    expect(taxonomy.words(number)).toHaveLength(2);
    const { reviews } = taxonomy.view(number);
    const heads = reviews.map(({ body }) => /<commit \d+>/.exec(body)?.[0]);
    expect(heads).toHaveLength(5);
    expect(new Set(heads).size).toBe(5);
    // Only the remarks on the last head are still there.
    expect(reviews.flatMap(({ comments }) => comments)).toHaveLength(5);
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
  });

  test('a life of an opening, five pushes, two commands, an approval and a merge is written down in few steps', async () => {
    const taxonomy = await world.taxonomy({ policy: 'judge: off\n' });
    const begin = world.github.exchanges.length;
    const number = await taxonomy.open(unsoundSkill('tin kettles'));
    for (const colour of ['red', 'blue', 'green', 'grey']) {
      await taxonomy.push(number, soundSkill('tin kettles', fiveExamples(`kettles in ${colour}`)));
      // Words, labels and pushes that are none of our business.
      expect(
        await world.writesDuring(async () => {
          await taxonomy.say(number, 'mira', `It is ${colour} now.`);
          await world.people.addLabel({ ...taxonomy.pull(number), by: 'tom', label: `kettle ${colour}` });
          await world.people.pushToBranch({
            repository: taxonomy.name,
            branch: 'drafts',
            by: 'ines',
            files: { a: colour },
          });
        }),
      ).toBe(0);
    }
    await taxonomy.push(number, { 'docs/page.md': 'Not of the taxonomy.\n' });
    await taxonomy.say(number, 'tom', '/assay uncertain Are kettles writing?');
    await taxonomy.say(number, 'tom', '/assay hold');
    await taxonomy.say(number, 'tom', '/assay unhold');
    await taxonomy.say(number, 'wim', '/assay approve');
    await world.people.merge({ ...taxonomy.pull(number), by: 'ines' });
    await world.quiet();

    const writes = world.github.exchanges.slice(begin).filter(({ isWrite }) => isWrite);
    const of = (path: RegExp, method?: string): number =>
      writes.filter(each => path.test(each.path) && (method === undefined || each.method === method)).length;
    expect(of(/\/issues\/\d+\/comments$/, 'POST')).toBe(1);
    expect(of(/\/reviews$/, 'POST')).toBeLessThanOrEqual(6);
    // Begun and ended on each of six heads, and begun anew where the hold and its end change the result.
    expect(of(/\/check-runs/)).toBeLessThanOrEqual(2 * 2 * 6 + 2);
    expect(of(/\/reactions$/)).toBe(4);
    // To the contributor, to the triagers, the question, the approval: each label comes, and goes, once.
    expect(of(/\/issues\/\d+\/labels/)).toBeLessThanOrEqual(8);
    expect(writes.length).toBeLessThanOrEqual(52);
  });

  test('a remark that was answered is folded away when it no longer applies; one that was not goes', async () => {
    const taxonomy = await world.taxonomy();
    world.script(objectsTo(['answers-the-question']));
    const number = await taxonomy.open(soundSkill('wooden spoons'));
    const [first] = world.github.pullRequest(taxonomy.name, number).reviewComments;
    world.people.reply({ ...taxonomy.pull(number), by: 'mira', to: first?.id ?? 0, body: 'I think it does.' });
    world.script(honest);
    await taxonomy.push(number, soundSkill('wooden spoons', fiveExamples('wooden forks')));
    const remarks = taxonomy.view(number).reviews.flatMap(({ comments }) => comments);
    expect(remarks.map(({ author, minimized }) => [author, minimized])).toEqual([
      ['assay-simulated[bot]', 'outdated'],
      ['mira', null],
    ]);
  });

  test('while the judge still reads, what the rules say stands already, and no label comes and goes', async () => {
    const taxonomy = await world.taxonomy();
    let early: ReturnType<Taxonomy['conclusions']> | undefined;
    const objection = objectsTo(['answers-the-question']);
    world.script(call => {
      early ??= taxonomy.conclusions(1);
      return objection(call);
    });
    const number = await taxonomy.open(soundSkill('tin drums'));
    world.script(honest);
    expect(early).toEqual({ 'assay/rules': 'success', 'assay/judge': 'in_progress' });
    expect(labelEvents(taxonomy, number)).toEqual(['assay labeled skill', 'assay labeled triage-uncertain']);
    expect(taxonomy.check(number, 'assay/judge')?.conclusion).toBe('neutral');
  });
});

describe('labels', () => {
  test('what a person took off stays off until the next push; what a person put on stays', async () => {
    const taxonomy = await world.taxonomy();
    const number = await taxonomy.open(unsoundSkill('paper boats'));
    await world.people.removeLabel({ ...taxonomy.pull(number), by: 'tom', label: 'triage-requested-changes' });
    await world.people.addLabel({ ...taxonomy.pull(number), by: 'tom', label: 'good first issue' });
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
    expect(taxonomy.labels(number)).toEqual(['good first issue', 'skill']);

    await taxonomy.push(number, soundSkill('paper boats'));
    expect(taxonomy.labels(number)).toEqual(['good first issue', 'skill', 'triage-needed']);

    // A triager has decided; Assay's own word gives way.
    await world.people.addLabel({ ...taxonomy.pull(number), by: 'tom', label: 'triage-uncertain' });
    await taxonomy.sweep();
    expect(taxonomy.labels(number)).toEqual(['good first issue', 'skill', 'triage-uncertain']);
    await taxonomy.push(number, { [qnaOf('paper boats')]: 'version: 3\n' });
    expect(taxonomy.labels(number)).toEqual(['good first issue', 'skill', 'triage-uncertain']);
  });

  test('are never touched on a closed pull request', async () => {
    const taxonomy = await world.taxonomy();
    const number = await taxonomy.open(unsoundSkill('paper boats'));
    await world.people.close({ ...taxonomy.pull(number), by: 'mira' });
    await world.people.removeLabel({ ...taxonomy.pull(number), by: 'tom', label: 'skill' });
    const writes = await world.writesDuring(async () => {
      await world.people.edit({ ...taxonomy.pull(number), by: 'mira', title: 'Closed' });
      await taxonomy.say(number, 'mira', '/assay review');
    });
    expect(writes).toBe(0);
  });
});

describe('what happens meanwhile', () => {
  test('a draft gets checks and a comment; labels and the judge wait until it is ready', async () => {
    const taxonomy = await world.taxonomy();
    const asked = world.model?.requests.length ?? 0;
    const number = await taxonomy.open(soundSkill('snow globes'), { draft: true });
    expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'success', 'assay/judge': 'neutral' });
    expect(taxonomy.labels(number)).toEqual([]);
    expect(taxonomy.words(number)).toEqual([expect.stringContaining('draft')]);
    expect(world.model?.requests.length).toBe(asked);

    await world.people.markReady({ ...taxonomy.pull(number), by: 'mira' });
    await world.quiet();
    expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'success', 'assay/judge': 'success' });
    expect(taxonomy.labels(number)).toEqual(['skill', 'triage-needed']);
    expect(taxonomy.words(number)).toEqual([expect.not.stringContaining('draft')]);
  });

  test('closed and opened again: looked at again', async () => {
    const taxonomy = await world.taxonomy();
    const number = await taxonomy.open(soundSkill('snow globes'));
    await world.people.close({ ...taxonomy.pull(number), by: 'mira' });
    await world.quiet();
    await world.people.pushToBranch({
      repository: taxonomy.name,
      by: 'ines',
      files: { [`${leafOf('snow globes')}/README.md`]: 'Ours.\n' },
    });
    await world.people.reopen({ ...taxonomy.pull(number), by: 'mira' });
    await world.quiet();
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
    expect(taxonomy.words(number)).toHaveLength(1);
  });

  test('closed during the review: nothing more is written', async () => {
    const taxonomy = await world.taxonomy();
    justBefore('GET', new RegExp(`${taxonomy.owner}/taxonomy/compare/`), () =>
      world.people.close({ ...taxonomy.pull(1), by: 'mira' }),
    );
    const number = await taxonomy.open(unsoundSkill('snow globes'));
    expect(taxonomy.view(number).checks).toEqual([]);
    expect(taxonomy.words(number)).toEqual([]);
    expect(taxonomy.labels(number)).toEqual([]);
  });

  test('a force-push during the review: nothing is said of the old head after it', async () => {
    const taxonomy = await world.taxonomy();
    const old: { sha?: string; at?: number } = {};
    world.script(async call => {
      world.script(honest);
      old.sha = world.github.pullRequest(taxonomy.name, 1).head.sha;
      await world.people.forcePush({ ...taxonomy.pull(1), files: unsoundSkill('felt hats') });
      old.at = world.github.exchanges.length;
      return honest(call);
    });
    const number = await taxonomy.open(soundSkill('felt hats'));
    const late = world.github.exchanges.slice(old.at).filter(({ isWrite }) => isWrite);
    expect(JSON.stringify(late.map(({ body }) => body))).not.toContain(old.sha);
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('failure');
    expect(taxonomy.labels(number)).toEqual(['skill', 'triage-requested-changes']);
    expect(taxonomy.words(number)).toEqual([expect.stringContaining('attribution/missing')]);
  });

  test('another base branch: compared with that one', async () => {
    const taxonomy = await world.taxonomy();
    const next = { repository: taxonomy.name, branch: 'next', by: 'ines' };
    await world.people.pushToBranch({ ...next, files: soundSkill('bell globes') });
    const number = await taxonomy.open(soundSkill('rain globes', fiveExamples('bell globes')));
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
    const before = world.github.exchanges.length;
    await world.people.retarget({ ...taxonomy.pull(number), by: 'mira', base: 'next' });
    await world.quiet();
    // The verdict for the other base is taken back before anything else is done.
    const first = world.github.exchanges.slice(before).find(({ isWrite }) => isWrite);
    expect(first?.body).toMatchObject({ status: 'in_progress' });
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('failure');
    expect(taxonomy.words(number)).toEqual([expect.stringContaining('duplicate/in-taxonomy')]);
  });

  test('uninstalled during the review: it ends, and nothing is tried again', async () => {
    const taxonomy = await world.taxonomy();
    justBefore('GET', new RegExp(`${taxonomy.owner}/taxonomy/compare/`), () =>
      world.github.uninstall(taxonomy.owner, 'ines'),
    );
    const number = await taxonomy.open(unsoundSkill('snow globes'));
    expect(taxonomy.words(number)).toEqual([]);
    const before = world.github.exchanges.length;
    await taxonomy.push(number, soundSkill('snow globes'));
    expect(world.github.exchanges.length).toBe(before);
  });

  test('older than the installation: compared with, and not answered until something happens on it', async () => {
    const taxonomy = await world.taxonomy({ isInstalled: false });
    const old = await taxonomy.open(unsoundSkill('snow globes'));
    world.later(2000);
    expect(await world.writesDuring(() => world.github.install(taxonomy.owner, { by: 'ines' }))).toBe(0);
    const copy = await taxonomy.open(soundSkill('snow globes'), { by: 'tomasz' });
    expect(taxonomy.words(copy)[0]).toContain(`#​${old} by mira`);
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);

    await taxonomy.push(old, { 'docs/x.md': 'x\n' });
    expect(taxonomy.conclusions(old)['assay/rules']).toBe('failure');
    expect(taxonomy.words(old)).toHaveLength(1);
  });

  test('older than the repository’s coming to the installation: the same', async () => {
    const taxonomy = await world.taxonomy({ isInstalled: false });
    await world.github.install(taxonomy.owner, { by: 'ines', repositories: [] });
    world.later(2000);
    const old = await taxonomy.open(unsoundSkill('snow globes'));
    world.later(2000);
    const add = () => world.github.addToInstallation(taxonomy.owner, ['taxonomy'], 'ines');
    expect(await world.writesDuring(add)).toBe(0);
    world.later(2000);
    const fresh = await taxonomy.open(soundSkill('glass globes'), { by: 'tomasz' });
    expect(taxonomy.conclusions(fresh)['assay/rules']).toBe('success');
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
    await taxonomy.say(old, 'mira', '/assay review');
    expect(taxonomy.conclusions(old)['assay/rules']).toBe('failure');
  });

  test('suspended: nothing; when it goes on, what was missed is looked at', async () => {
    const taxonomy = await world.taxonomy();
    const number = await taxonomy.open(unsoundSkill('snow globes'));
    await world.github.suspend(taxonomy.owner, 'ines');
    await taxonomy.push(number, soundSkill('snow globes'));
    expect(taxonomy.conclusions(number)).toEqual({});
    await world.github.unsuspend(taxonomy.owner, 'ines');
    await world.quiet();
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
  });

  test('a repository that gets another name keeps its reviews', async () => {
    const taxonomy = await world.taxonomy();
    const number = await taxonomy.open(unsoundSkill('snow globes'));
    world.github.rename(taxonomy.name, 'atlas');
    await world.people.push({ repository: `${taxonomy.owner}/atlas`, number, files: soundSkill('snow globes') });
    await world.quiet();
    const view = world.github.view(`${taxonomy.owner}/atlas`, number);
    expect(view.checks.map(({ conclusion }) => conclusion)).toEqual(['success', 'success']);
    expect(view.comments).toHaveLength(1);
    expect(view.labels).toEqual(['skill', 'triage-needed']);
  });

  test('a locked conversation: checks and labels, and not a word', async () => {
    const taxonomy = await world.taxonomy();
    const number = await taxonomy.open(unsoundSkill('snow globes'));
    const said = taxonomy.words(number);
    world.people.lock(taxonomy.pull(number));
    await taxonomy.say(number, 'ines', '/assay help');
    await taxonomy.push(number, soundSkill('snow globes'));
    expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'success', 'assay/judge': 'success' });
    expect(taxonomy.labels(number)).toEqual(['skill', 'triage-needed']);
    expect(taxonomy.words(number)).toEqual(said);
  });

  test('a fork that was deleted: its commits are still there, and are looked at', async () => {
    const taxonomy = await world.taxonomy();
    const number = await taxonomy.open(unsoundSkill('snow globes'));
    world.people.deleteFork(taxonomy.pull(number));
    await taxonomy.say(number, 'tom', '/assay review');
    expect(taxonomy.reactions(number, '/assay review')).toEqual(['assay-simulated[bot]: eyes']);
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('failure');
  });
});
