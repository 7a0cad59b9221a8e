import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attribution, fiveExamples, qna, qnaOf, soundSkill, topicOf, unsoundSkill } from './contributions.ts';
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

let topics = 0;
const topic = (): string => topicOf(++topics);

const comment = (number: number): string => taxonomy.words(number)[0] ?? '';

/** The id behind the finding of a rule, as people read it in the comment. */
const idOf = (number: number, rule: string): string =>
  new RegExp(`\`${rule}\`, \`([0-9a-f]{7})\``).exec(comment(number))?.[1] ?? `no ${rule}`;

/** A leaf whose folder has a name that stops it, and nothing else wrong. */
const blankInName = (name: string) => ({
  [`compositional_skills/writing/${name}/qna.yaml`]: qna(fiveExamples(name)),
  [`compositional_skills/writing/${name}/attribution.txt`]: attribution,
});

describe('a waiver', () => {
  test('takes away what stood in the way, names who gave it and why, and ends with a push that changes what it was for', async () => {
    const number = await taxonomy.open(blankInName('flood marks'));
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('failure');
    const id = idOf(number, 'layout/directory-name');
    const body = `/assay waive ${id} "The folder is renamed after the merge"`;
    await taxonomy.say(number, 'ines', body);
    expect(taxonomy.reactions(number, body)).toEqual(['assay-simulated[bot]: eyes']);
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
    expect(comment(number)).toMatch(
      /1 finding waived by ines \(\[comment\]\(.*\)\): “The folder is renamed after the merge”/,
    );
    expect(taxonomy.labels(number)).toContain('triage-needed');

    await taxonomy.push(number, {
      'compositional_skills/writing/flood marks/qna.yaml': null,
      'compositional_skills/writing/flood marks/attribution.txt': null,
      ...blankInName('high tides'),
    });
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('failure');
    expect(comment(number)).toContain(`\`/assay waive ${id}\` by ines`);
    expect(comment(number)).toContain('there is no such finding now');
  });

  test('is not the contributor’s to give, whatever their role; a dispute is, and asks a triager', async () => {
    const number = await taxonomy.open(blankInName('spring tides'), { by: 'tom', fork: false });
    const id = idOf(number, 'layout/directory-name');
    await taxonomy.say(number, 'tom', `/assay waive ${id} it is mine`);
    expect(taxonomy.words(number)[1]).toContain('nobody decides on a pull request of their own');
    expect(taxonomy.labels(number)).toContain('triage-requested-changes');

    await taxonomy.say(number, 'tom', `/assay dispute ${id} That is how the harbour spells it`);
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('failure');
    expect(taxonomy.labels(number)).toContain('triage-needed');
    expect(taxonomy.labels(number)).not.toContain('triage-requested-changes');
    expect(comment(number)).toContain('1 thing disputed');
  });
});

describe('a hold', () => {
  test('keeps the check from passing until it is ended, and loses nothing with the database', async () => {
    const number = await taxonomy.open(soundSkill(topic()));
    await taxonomy.say(number, 'tom', '/assay hold Waiting for Thursday');
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('action_required');
    expect(comment(number)).toContain('**On hold** by tom');
    const held = taxonomy.look(number);
    await world.restart();
    await taxonomy.sweep();
    expect(taxonomy.look(number)).toEqual(held);

    await taxonomy.say(number, 'ines', '/assay unhold');
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
  });

  test('whose comment is deleted ends, and so does that of somebody who lost the role, which is said', async () => {
    const number = await taxonomy.open(soundSkill(topic()));
    const id = await taxonomy.say(number, 'tom', '/assay hold');
    await world.people.deleteComment({ repository: taxonomy.name, id, by: 'tom' });
    await world.quiet();
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');

    world.github.setRole(taxonomy.name, 'pia', 'triage');
    await taxonomy.say(number, 'pia', '/assay hold');
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('action_required');
    world.github.setRole(taxonomy.name, 'pia', null);
    await taxonomy.sweep();
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
    expect(comment(number)).toContain('`/assay hold` by pia');
    expect(comment(number)).toContain('may not any more');
  });
});

describe('an approval', () => {
  test('labels what has nothing to change, holds over a merge of the base branch, and ends with a new content', async () => {
    const name = topic();
    const number = await taxonomy.open(soundSkill(name));
    // A reply and a reaction: what was never allowed does not go through the comment.
    expect(await world.writesDuring(() => taxonomy.say(number, 'tom', '/assay approve'))).toBe(2);
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
    expect(taxonomy.words(number)[1]).toContain(
      'it is for approvers, but not for a pull request of their own. Ask one of them.',
    );
    await taxonomy.say(number, 'tom', '/assay review --judge');
    expect(taxonomy.words(number)[2]).toContain('`/assay review --judge` was not carried out: it is for maintainers.');
    await taxonomy.say(number, 'wim', '/assay approve');
    expect(taxonomy.labels(number)).toContain('triage-approved');
    expect(taxonomy.labels(number)).not.toContain('triage-needed');
    expect(taxonomy.view(number).reviews).toEqual([]);

    await taxonomy.push(number, { 'README.md': 'nothing of the taxonomy\n' });
    expect(taxonomy.labels(number)).toContain('triage-approved');
    const [first = ['', ''], ...rest] = fiveExamples(name);
    await taxonomy.push(number, { [qnaOf(name)]: qna([[first[0], 'Autumn, rather.'], ...rest]) });
    expect(taxonomy.labels(number)).not.toContain('triage-approved');
    expect(comment(number)).toContain('it was given for an earlier state of this pull request');
  });

  test('waits for what must change', async () => {
    const name = topic();
    const number = await taxonomy.open(unsoundSkill(name));
    await taxonomy.say(number, 'wim', '/assay approve');
    expect(taxonomy.words(number)[1]).toContain('something must still be changed');
    expect(taxonomy.labels(number)).toContain('triage-requested-changes');
  });
});

describe('where triage stands', () => {
  test('is what was said last, and a push after a wish for changes asks a triager again', async () => {
    const name = topic();
    const number = await taxonomy.open(soundSkill(name));
    await taxonomy.say(number, 'tom', '/assay request-changes Please vary the questions');
    expect(taxonomy.labels(number)).toContain('triage-requested-changes');
    expect(comment(number)).toContain('It is the contributor’s turn');
    const [first = ['', ''], ...rest] = fiveExamples(name);
    await taxonomy.push(number, { [qnaOf(name)]: qna([['When is low water?', first[1]], ...rest]) });
    expect(taxonomy.labels(number)).toContain('triage-follow-up');

    await taxonomy.say(number, 'tom', '@assay-simulated reject jokes');
    expect(taxonomy.labels(number).filter(label => label.startsWith('triage-'))).toEqual(['triage-rejected']);
    expect(comment(number)).toContain('**Not taken** by tom');
    expect(comment(number)).toContain('Jokes are not taken');
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
  });

  test('of two triagers at once the later word counts', async () => {
    const number = await taxonomy.open(soundSkill(topic()));
    await Promise.all([
      taxonomy.say(number, 'tom', '/assay uncertain Is this the place?'),
      taxonomy.say(number, 'ines', '/assay legal-hold The source'),
    ]);
    const triage = taxonomy.labels(number).filter(label => ['triage-uncertain', 'legal-hold'].includes(label));
    expect(triage).toHaveLength(1);
  });
});

test('what was decided, and each step on GitHub, is kept in the record, and a look that changes nothing is not', async () => {
  const alone = await world.taxonomy();
  const number = await alone.open(blankInName('ebb tides'));
  const id = /`layout\/directory-name`, `([0-9a-f]{7})`/.exec(alone.words(number)[0] ?? '')?.[1] ?? 'none';
  await alone.say(number, 'ines', `/assay waive ${id} "Agreed in the meeting"`);
  const of = async () =>
    (await world.audited()).filter(each => `${each.repository.owner}/${each.repository.name}` === alone.name);
  const entries = await of();
  const reviews = entries.filter(({ kind }) => kind === 'review');
  expect(reviews).toEqual([
    expect.objectContaining({
      outcome: 'request_changes',
      findings: { 'layout/directory-name error': 1 },
      decisions: [],
    }),
    expect.objectContaining({
      outcome: 'pass',
      decisions: expect.arrayContaining([
        expect.objectContaining({ command: 'waive', by: 'ines', reason: 'Agreed in the meeting' }),
      ]),
    }),
  ]);
  expect(entries.filter(({ kind }) => kind === 'write').map(each => each.kind === 'write' && each.action.type)).toEqual(
    expect.arrayContaining(['create_check', 'create_comment', 'add_labels', 'react', 'update_comment']),
  );
  await alone.sweep();
  expect(await of()).toHaveLength(entries.length);
});

test('who is assigned is as triagers say', async () => {
  const alone = await world.taxonomy();
  const number = await alone.open(soundSkill(topic()));
  await alone.say(number, 'tom', '/assay assign');
  await alone.say(number, 'tom', '/assay assign @ines');
  expect(alone.view(number).assignees).toEqual(['tom', 'ines']);
  await alone.say(number, 'ines', '/assay unassign @tom');
  await alone.say(number, 'mira', '/assay assign @mira');
  expect(alone.view(number).assignees).toEqual(['ines']);
  // Done once: what people change afterwards stays.
  expect(await world.writesDuring(() => alone.sweep())).toBe(0);
});

test('explain says why, of a rule too, and what to do', async () => {
  const number = await taxonomy.open(unsoundSkill(topic()));
  await taxonomy.say(number, 'mira', `/assay explain ${idOf(number, 'schema/too-few-items')}`);
  expect(taxonomy.words(number)[1]).toContain('*To mend it:*');
  await taxonomy.say(number, 'mira', '/assay explain 0000000');
  expect(taxonomy.words(number)[2]).toContain('nothing here has the id `0000000`');
});
