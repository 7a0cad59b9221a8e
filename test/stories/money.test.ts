import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checklist, honest, message } from '../simulator/model/scripts.ts';
import type { Script } from '../simulator/model/start-model.ts';
import { fiveExamples, soundSkill } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';
import type { World } from './taxonomy-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ hasStudent: true });
});
afterAll(() => world[Symbol.asyncDispose]());

const calls = () => world.model?.requests.length ?? 0;
const capped = (key: string, rest = ''): string => `judge:\n  ${key}: 100\n${rest}`;

describe('what the judge may cost', () => {
  test('a push that changes one of five examples has one judged again, and every look says so', async () => {
    const taxonomy = await world.taxonomy();
    const examples = fiveExamples('paper boats');
    const number = await taxonomy.open(soundSkill('paper boats', examples));
    expect(taxonomy.words(number)[0]).not.toContain('judged again');
    const before = calls();
    const changed = [['Who folds paper boats by the sea?', 'Anyone who has paper.'] as const, ...examples.slice(1)];
    await taxonomy.push(number, soundSkill('paper boats', changed));
    // A solution and a checklist; the file's features are as they were.
    expect(calls() - before).toBeLessThanOrEqual(3);
    expect(taxonomy.words(number)[0]).toContain('1 of 5 examples judged again; the others are as they were.');
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
  });

  test.each(['maxTokensPerPullRequest', 'maxTokensPerAuthorPerDay', 'maxTokensPerRepositoryPerDay'])(
    'over %s the rules alone speak, until a maintainer lets the judge go on',
    async key => {
      const taxonomy = await world.taxonomy({ policy: capped(key) });
      const before = calls();
      const number = await taxonomy.open(soundSkill(`tin drums ${key.toLowerCase()}`));
      expect(calls()).toBe(before);
      expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'success', 'assay/judge': 'neutral' });
      expect(taxonomy.words(number)[0]).toMatch(/The 100 tokens that .* are spent/);
      expect(taxonomy.words(number)[0]).toContain('`/assay review --judge`');

      await taxonomy.say(number, 'tom', '/assay review --judge');
      expect(calls()).toBe(before);
      await taxonomy.say(number, 'ines', '/assay review --judge');
      expect(calls()).toBeGreaterThan(before);
      expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'success', 'assay/judge': 'success' });
      expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
    },
  );

  test('the sum stands in the comment where the model has a price', async () => {
    const policy = 'judge:\n  prices: { scripted: { input: 2, output: 8 } }\n';
    const taxonomy = await world.taxonomy({ policy });
    const number = await taxonomy.open(soundSkill('wicker chairs'));
    expect(taxonomy.words(number)[0]).toMatch(
      /[1-9][\d,]+ tokens were spent on this pull request so far \(\$0\.0\d at most\)\./,
    );
  });
});

/** A student who knows every answer but one, and a judge that compares what they say by its last word. */
const classroom: Script = call => {
  if (call.system === '') {
    const isHard = call.user.includes('would') && call.user.includes('titled');
    return message(isHard ? 'I do not know. @everyone <b>see</b> https://evil.example' : `Known. ${call.user}`);
  }
  if (!call.system.startsWith('You compare answers')) return message(checklist(call));
  const names = [...call.user.matchAll(/^BEGIN [0-9a-f]+ (answer-\d+) reference\n([^\n]*)/gm)];
  const grades = names.map(([, name = '', text = '']) => [
    name,
    { as_contributed: text.startsWith('Known.') ? 'yes' : 'no', as_solved: 'cannot_tell' },
  ]);
  return message(JSON.stringify(Object.fromEntries(grades)));
};

describe('the precheck', () => {
  test('is made when a triager asks, tells a share with its interval, and shows the answers side by side', async () => {
    const taxonomy = await world.taxonomy();
    world.script(classroom);
    try {
      const number = await taxonomy.open(soundSkill('stone bridges'));
      expect(taxonomy.words(number)[0]).not.toContain('Precheck');
      await taxonomy.say(number, 'tom', '/assay precheck');
      const [comment] = taxonomy.words(number);
      expect(comment).toContain(
        'the student model (student) already answered 4 of 5 questions; the true share is between 28 % and 99 % (95 % interval)',
      );
      expect(comment).toContain('judge/already-answered');
      const text = taxonomy.check(number, 'assay/judge')?.text ?? '';
      expect(text).toContain('Nobody has checked them.');
      expect(text.match(/Student’s answer/g)).toHaveLength(15);
      expect(text).toContain('I do not know. (at) everyone see [link]');
      const before = calls();
      expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
      expect(calls()).toBe(before);
    } finally {
      world.script(honest);
    }
  });
});
