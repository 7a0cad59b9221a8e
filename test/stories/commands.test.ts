import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { soundSkill } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';
import type { World } from './taxonomy-world.ts';
import type { Taxonomy } from './taxonomy.ts';

let world: World;
let taxonomy: Taxonomy;
beforeAll(async () => {
  world = await startWorld();
  taxonomy = await world.taxonomy();
});
afterAll(() => world[Symbol.asyncDispose]());

const US = 'assay-simulated[bot]';

let topics = 0;

/** A pull request of mira's, sound and reviewed. */
const reviewed = () => taxonomy.open(soundSkill(`walking tour ${++topics}`), { by: 'mira' });

/** What Assay said beside its one comment. */
const replies = (number: number) => taxonomy.words(number).slice(1);

describe('commands', () => {
  test('/assay help is answered once, to anybody, with a reaction', async () => {
    const number = await reviewed();
    await taxonomy.say(number, 'a-stranger', '/assay help');
    expect(replies(number)).toEqual([expect.stringContaining('| `/assay review [--judge]` |')]);
    expect(taxonomy.reactions(number, '/assay help')).toEqual([`${US}: eyes`]);
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
  });

  test('/assay review is for the contributor and for triagers; others hear why not', async () => {
    const number = await reviewed();
    for (const by of ['mira', 'tom', 'ines']) {
      const body = `/assay review please, says ${by}`;
      await taxonomy.say(number, by, body);
      expect(taxonomy.reactions(number, body)).toEqual([`${US}: eyes`]);
    }
    expect(replies(number)).toEqual([]);

    await taxonomy.say(number, 'a-stranger', '/assay review');
    expect(replies(number)).toEqual([
      expect.stringContaining('was not carried out: it is for the contributor and triagers'),
    ]);
    expect(taxonomy.reactions(number, '/assay review')).toEqual([`${US}: confused`]);
  });

  test('a role that GitHub cannot tell denies, and the answer says that it could not be verified', async () => {
    const number = await reviewed();
    world.github.fault({
      path: '/repos/{owner}/{repo}/collaborators/{username}/permission',
      times: 3,
      respond: { status: 500 },
    });
    await taxonomy.say(number, 'tom', '/assay review');
    expect(replies(number)).toEqual([expect.stringContaining('GitHub could not tell whether you may')]);
    expect(taxonomy.reactions(number, '/assay review')).toEqual([`${US}: confused`]);
  });

  test('a role that was taken away counts at once', async () => {
    const number = await reviewed();
    world.github.setRole(taxonomy.name, 'pia', 'triage');
    await taxonomy.say(number, 'pia', '/assay review');
    world.github.setRole(taxonomy.name, 'pia', null);
    await taxonomy.say(number, 'pia', '/assay review now');
    expect(taxonomy.reactions(number, '/assay review')).toEqual([`${US}: eyes`]);
    expect(taxonomy.reactions(number, '/assay review now')).toEqual([`${US}: confused`]);
  });

  test('an unknown word is answered with the nearest known one', async () => {
    const number = await reviewed();
    await taxonomy.say(number, 'mira', '/assay reveiw');
    expect(replies(number)).toEqual([expect.stringContaining('Did you mean `/assay review`?')]);
    expect(taxonomy.reactions(number, '/assay reveiw')).toEqual([`${US}: confused`]);
  });

  test('what somebody else wrote into a comment is not its author’s command', async () => {
    const number = await reviewed();
    const id = await taxonomy.say(number, 'mira', 'Thank you for looking.');
    await world.people.editComment({ repository: taxonomy.name, id, by: 'wim', body: '/assay help' });
    await world.quiet();
    expect(replies(number)).toEqual([]);
    expect(taxonomy.reactions(number, '/assay help')).toEqual([]);
  });

  test('a command that its author edits in is carried out', async () => {
    const number = await reviewed();
    const id = await taxonomy.say(number, 'mira', 'Thank you for looking.');
    await world.people.editComment({ repository: taxonomy.name, id, by: 'mira', body: '/assay help' });
    await world.quiet();
    expect(replies(number)).toHaveLength(1);
  });

  test('one that was mistyped and then mended by an edit is carried out, and a second mistake is told again', async () => {
    const number = await reviewed();
    const id = await taxonomy.say(number, 'mira', '/assay halp');
    expect(taxonomy.reactions(number, '/assay halp')).toEqual([`${US}: confused`]);
    const edit = async (body: string) => {
      world.later(2_000);
      await world.people.editComment({ repository: taxonomy.name, id, by: 'mira', body });
      await world.quiet();
    };
    await edit('/assay revew');
    expect(taxonomy.reactions(number, '/assay revew')).toEqual([`${US}: confused`]);
    expect(replies(number)).toEqual([expect.stringContaining('Did you mean `/assay review`?')]);
    await edit('/assay help');
    expect(taxonomy.reactions(number, '/assay help')).toEqual([`${US}: eyes`]);
    expect(replies(number)).toEqual([expect.stringContaining('These are the commands')]);
    await taxonomy.sweep();
    expect(replies(number)).toHaveLength(1);
    expect(taxonomy.reactions(number, '/assay help')).toEqual([`${US}: eyes`]);
  });

  test('commands in code, quotes and lists are none, nor is our own help quoted back, nor what bots say', async () => {
    const number = await reviewed();
    await taxonomy.say(number, 'mira', '/assay help');
    const [help = ''] = replies(number);
    const quoted = help.replaceAll(/^/gm, '> ');
    const writes = await world.writesDuring(async () => {
      await taxonomy.say(number, 'tom', '```\n/assay help\n```\n\n    /assay help\n\n- /assay help\n\n> /assay review');
      await taxonomy.say(number, 'tom', `${quoted}\n\nThank you!`);
      await taxonomy.say(number, 'tom', help);
      await world.people.commentAsApp({ ...taxonomy.pull(number), app: 'chatty', body: '/assay help' });
    });
    expect(writes).toBe(0);
  });

  test('one delivery twice, or three times later, gives one reply', async () => {
    const number = await reviewed();
    world.github.webhooks.mode = 'duplicate';
    await taxonomy.say(number, 'mira', '/assay help');
    world.github.webhooks.mode = 'deliver';
    const last = world.github.webhooks.deliveries.findLast(({ event }) => event === 'issue_comment');
    for (let again = 0; again < 3; again++) {
      await world.github.webhooks.redeliver(last?.id ?? 0);
      await world.quiet();
    }
    expect(replies(number)).toHaveLength(1);
  });

  test('several commands in one comment get one reply', async () => {
    const number = await reviewed();
    await taxonomy.say(number, 'mira', '/assay help\n/assay review\n/assay halp\n/assay help');
    expect(replies(number)).toHaveLength(1);
    expect(replies(number)[0]).toContain('There is no command `/assay halp`');
    expect(replies(number)[0]?.match(/These are the commands/g)).toHaveLength(1);
  });
});

describe('the buttons on the page', () => {
  /** How often each check was begun on the head. */
  const begun = (number: number) =>
    world.github.exchanges.filter(
      ({ method, path, body }) =>
        ['POST', 'PATCH'].includes(method) &&
        /\/lantern\d+\/taxonomy\/check-runs/.test(path) &&
        JSON.stringify(body).includes(`"#${number}:`) &&
        JSON.stringify(body).includes('"status":"in_progress"'),
    ).length;

  test.each([
    [
      '“Re-run” beside a check',
      (number: number) => world.people.rerunCheck({ ...taxonomy.pull(number), by: 'mira', check: 'assay/rules' }),
    ],
    ['“Re-run all checks”', (number: number) => world.people.rerunSuite({ ...taxonomy.pull(number), by: 'mira' })],
    [
      'the button “Re-review”',
      (number: number) =>
        world.people.pressButton({ ...taxonomy.pull(number), by: 'tom', check: 'assay/rules', button: 'review' }),
    ],
  ])('%s begins the checks anew, on a fork’s pull request too, and ends with the same result', async (_, press) => {
    const number = await reviewed();
    const before = taxonomy.look(number);
    const begunBefore = begun(number);
    const asked = world.model?.requests.length;
    await press(number);
    await world.quiet();
    expect(begun(number)).toBeGreaterThan(begunBefore);
    expect(taxonomy.look(number)).toEqual(before);
    expect(world.model?.requests.length).toBe(asked);
  });

  test('a button on another App’s check is none of our business', async () => {
    const number = await reviewed();
    const { head } = world.github.pullRequest(taxonomy.name, number);
    const ci = { repository: taxonomy.name, app: 'ci', name: 'tests', head_sha: head.sha } as const;
    await world.people.reportCheck({ ...ci, status: 'completed', conclusion: 'failure' });
    const rerun = () => world.people.rerunCheck({ ...taxonomy.pull(number), by: 'mira', check: 'tests' });
    expect(await world.writesDuring(rerun)).toBe(0);
  });
});
