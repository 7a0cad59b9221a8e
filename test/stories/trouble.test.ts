import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../simulator/faults.ts';
import { fieldOf } from '../simulator/model/read-prompt.ts';
import { honest, malicious, objectsTo } from '../simulator/model/scripts.ts';
import type { Script } from '../simulator/model/start-model.ts';
import type { View } from '../simulator/view.ts';
import { soundSkill, unsoundSkill } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';
import type { World } from './taxonomy-world.ts';
import type { Taxonomy } from './taxonomy.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ model: objectsTo(['answers-the-question']) });
});
afterAll(() => world[Symbol.asyncDispose]());

/** All that Assay can write is written: mistakes, remarks of the judge on lines, labels that change, a reply. */
async function story(taxonomy: Taxonomy) {
  const number = await taxonomy.open({ ...soundSkill('tram bells'), ...unsoundSkill('bus horns') });
  await taxonomy.push(number, soundSkill('bus horns'));
  await taxonomy.say(number, 'mira', '/assay help');
  return endOf(taxonomy, number);
}

/** How it looks in the end, in whatever order things came, in however many reviews, and whoever paid for the judge's replies. */
function endOf(taxonomy: Taxonomy, number: number) {
  const { reviews, comments, ...look }: View = JSON.parse(
    JSON.stringify(taxonomy.look(number)).replaceAll(
      / \d+ of \d+ examples judged again; the others are as they were\./g,
      '',
    ),
  );
  const inOrder = <T extends { readonly body: string }>(said: readonly T[]): readonly T[] =>
    said.toSorted((a, b) => (a.body < b.body ? -1 : 1));
  return { ...look, comments: inOrder(comments), remarks: inOrder(reviews.flatMap(review => review.comments)) };
}

const undisturbed = (() => {
  let end: ReturnType<typeof story> | undefined;
  return () => (end ??= world.taxonomy().then(story));
})();

const repo = '/repos/{owner}/{repo}';
const badGateway = { status: 502 };
const slowDown = (status: number) => ({
  status,
  message: 'You have exceeded a secondary rate limit',
  headers: { 'retry-after': '1' },
});

const writes = [
  ['POST', `${repo}/check-runs`],
  ['PATCH', `${repo}/check-runs/{check_run_id}`],
  ['POST', `${repo}/issues/{issue_number}/comments`],
  ['PATCH', `${repo}/issues/comments/{comment_id}`],
  ['POST', `${repo}/issues/{issue_number}/labels`],
  ['DELETE', `${repo}/issues/{issue_number}/labels/{name}`],
  ['POST', `${repo}/pulls/{pull_number}/reviews`],
  ['POST', `${repo}/issues/comments/{comment_id}/reactions`],
].map(([method = '', path = '']) => ({ method, path }));

describe('trouble with GitHub', () => {
  test.each<readonly [string, readonly Fault[]]>([
    [
      'reads fail, and go on failing for a while',
      [
        { path: `${repo}/pulls/{pull_number}`, times: 3, respond: { status: 500 } },
        { path: '/graphql', times: 3, respond: badGateway },
        { path: /\/git\/trees\//, times: 3, dropConnection: true },
        { method: 'GET', path: /\/comments$/, times: 3, respond: { status: 503 } },
      ],
    ],
    [
      'servers of GitHub do not know yet what it told us of',
      [
        { path: `${repo}/pulls/{pull_number}`, respond: { status: 404 } },
        { path: /\/compare\//, respond: { status: 404 } },
        { path: /\/commits\/\w+\/check-runs$/, respond: { status: 404 } },
      ],
    ],
    ['each kind of write is refused once', writes.map(write => ({ ...write, respond: badGateway }))],
    [
      'the answer to each kind of write is lost once',
      writes.map(write => ({ ...write, dropConnection: true, afterEffect: true })),
    ],
    [
      'we are to slow down',
      [
        { method: 'POST', path: /\/check-runs$/, respond: slowDown(403) },
        { method: 'POST', path: /\/comments$/, respond: slowDown(429) },
      ],
    ],
    [
      'we are to slow down more often than a job is tried',
      [
        {
          method: 'POST',
          path: /\/check-runs$/,
          times: 9,
          respond: slowDown(429),
        },
      ],
    ],
  ])('%s: it ends as if nothing had happened', async (_, faults) => {
    const taxonomy = await world.taxonomy();
    faults.forEach(fault => world.github.fault(fault));
    expect(await story(taxonomy)).toEqual(await undisturbed());
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
  });

  test('for a while: the check says that it was us and when we try again', async () => {
    const taxonomy = await world.taxonomy();
    let told: ReturnType<Taxonomy['check']>;
    const recover = world.github.fault({ path: /\/compare\//, times: Infinity, respond: badGateway });
    const stop = world.github.on('after', ({ method, path }) => {
      if (method !== 'POST' || !path.endsWith('/check-runs')) return;
      stop();
      told = taxonomy.check(1, 'assay/rules');
      recover();
    });
    const number = await taxonomy.open(soundSkill('ferry horns'));
    expect(told).toMatchObject({ status: 'in_progress', title: 'Not finished; next try at <time>' });
    expect(told?.summary).toContain('not with your contribution');
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
  });

  test('for good: never green, and a button tries again', async () => {
    const taxonomy = await world.taxonomy();
    const number = await taxonomy.open(soundSkill('ferry horns'));
    const recover = world.github.fault({ path: /\/compare\//, times: Infinity, respond: badGateway });
    await taxonomy.push(number, soundSkill('ferry bells'));
    expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'action_required', 'assay/judge': 'neutral' });
    expect(taxonomy.view(number).mergeability.isMergeable).toBe(false);
    expect(taxonomy.words(number)).toEqual([expect.stringContaining('this commit could not be reviewed')]);

    recover();
    await world.people.rerunCheck({ ...taxonomy.pull(number), by: 'mira', check: 'assay/rules' });
    await world.quiet();
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
    expect(taxonomy.words(number)).toEqual([expect.not.stringContaining('could not be reviewed')]);
  });

  test('in a repository that does not take part or only observes: silence, and nothing that blocks', async () => {
    const other = await world.taxonomy({ files: { 'src/index.js': 'export {};\n' } });
    const observed = await world.taxonomy({ policy: 'mode: observe\n' });
    const recover = world.github.fault({ path: /\/compare\//, times: Infinity, respond: badGateway });
    expect(await world.writesDuring(() => other.open(soundSkill('ferry horns')))).toBe(0);
    const number = await observed.open(soundSkill('ferry horns'));
    recover();
    expect(observed.conclusions(number)).toEqual({ 'assay/rules': 'neutral', 'assay/judge': 'neutral' });
    expect(observed.words(number)).toEqual([]);
  });

  test('what blocks is the policy of today, not that of the day on which the pull request last moved', async () => {
    const taxonomy = await world.taxonomy({ policy: 'mode: observe\n' });
    const number = await taxonomy.open(soundSkill('ferry horns'));
    const recover = world.github.fault({ path: /\/compare\//, times: Infinity, respond: badGateway });
    const policy = { '.github/assay.yml': 'mode: active\n' };
    await world.people.pushToBranch({ repository: taxonomy.name, branch: 'main', by: 'ines', files: policy });
    await world.people.rerunCheck({ ...taxonomy.pull(number), by: 'mira', check: 'assay/rules' });
    await world.quiet();
    recover();
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('action_required');
  });
});

describe('deliveries', () => {
  test('twice, or in the wrong order, lead to the same', async () => {
    const before = await undisturbed();
    world.github.webhooks.mode = 'duplicate';
    expect(await story(await world.taxonomy())).toEqual(before);

    const taxonomy = await world.taxonomy();
    world.github.webhooks.mode = 'hold';
    await story(taxonomy);
    world.github.webhooks.mode = 'deliver';
    await world.github.webhooks.release('reversed');
    await world.quiet();
    expect(endOf(taxonomy, 1)).toEqual(before);
  });

  test('that GitHub has as failed are asked for again at the next start, once', async () => {
    const taxonomy = await world.taxonomy();
    const { webhooks } = world.github;
    webhooks.failNext(1, 502);
    const number = await taxonomy.open(soundSkill('gong baths'));
    const lost = webhooks.deliveries.findLast(({ statusCode }) => statusCode === 502);
    await world.restart();
    await world.quiet();
    const attempts = webhooks.deliveries.filter(({ guid }) => guid === lost?.guid);
    expect(attempts.map(({ statusCode, redelivery }) => [statusCode, redelivery])).toEqual([
      [502, false],
      [200, true],
    ]);
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
  });

  test('that never came are made good by the next sweep, also after all that was stored is lost', async () => {
    const before = await undisturbed();
    const taxonomy = await world.taxonomy();
    world.github.webhooks.mode = 'lose';
    await story(taxonomy);
    world.github.webhooks.mode = 'deliver';
    expect(await world.writesDuring(() => world.restart())).toBeGreaterThan(0);
    expect(endOf(taxonomy, 1)).toEqual(before);
    expect(await world.writesDuring(() => world.restart())).toBe(0);
  });
});

describe('trouble with the model', () => {
  const down: Script = () => ({ type: 'raw', status: 500, body: '{}', headers: { 'retry-after-ms': '1' } });

  test('the rules are not affected; the judge says why; later only the missing replies are asked for', async () => {
    const taxonomy = await world.taxonomy();
    const yes: Script = call => honest(call);
    world.script(call => (fieldOf(call, 'question').includes('title') ? down(call) : yes(call)));
    const number = await taxonomy.open(soundSkill('lantern walks'));
    expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'success', 'assay/judge': 'neutral' });
    expect(taxonomy.check(number, 'assay/judge')?.summary).toContain('4 of 5 seed examples');
    expect(taxonomy.check(number, 'assay/judge')?.summary).toContain('answered with an error (500)');
    expect(taxonomy.check(number, 'assay/judge')?.summary).toContain('asked again at the next look');
    expect(taxonomy.labels(number)).toEqual(['skill', 'triage-needed']);

    const asked = world.model?.requests.length ?? 0;
    world.script(yes);
    world.later(61_000);
    await taxonomy.sweep();
    expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'success', 'assay/judge': 'success' });
    // A solution, a checklist, and a look at the file as a whole.
    expect(world.model?.requests.length).toBe(asked + 3);
  });

  test('a hostile model can do no more than remark on words that are in the file', async () => {
    const taxonomy = await world.taxonomy();
    world.script(malicious);
    const number = await taxonomy.open({
      ...soundSkill('fog horns'),
      ...soundSkill('fog lights'),
      ...soundSkill('fog banks'),
    });
    world.script(honest);
    expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'success', 'assay/judge': 'neutral' });
    expect(
      taxonomy.labels(number).filter(label => !['skill', 'triage-needed', 'triage-uncertain'].includes(label)),
    ).toEqual([]);
    const said = JSON.stringify([
      taxonomy.look(number).comments,
      taxonomy.look(number).reviews,
      taxonomy.look(number).checks,
    ]);
    expect(said).not.toMatch(/evil\.example|@everyone|<img|<script|EVIL/);
  });

  test('without a model there is a neutral check that says so', async () => {
    await using alone = await startWorld({ model: 'none' });
    const taxonomy = await alone.taxonomy();
    const number = await taxonomy.open(soundSkill('lantern walks'));
    expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'success', 'assay/judge': 'neutral' });
    expect(taxonomy.check(number, 'assay/judge')?.title).toBe('No model configured');
    expect(taxonomy.labels(number)).toEqual(['skill', 'triage-needed']);
  });
});
