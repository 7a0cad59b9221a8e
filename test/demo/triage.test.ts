import { expect, test } from 'vitest';
import { openMemory } from '../store/databases.ts';
import { startDemo } from './start-demo.ts';
import { tellOfTriage } from './triage-story.ts';

test('a day of triage: twelve commands, two refusals, a waiver that a push ends, a merge through the queue', async () => {
  const demo = await startDemo({}, { database: await openMemory() });
  let printed = '';
  const out = (text: string): void => {
    printed += text;
  };
  await tellOfTriage(demo, { out, err: out, paint: (_, text) => text, width: 100, isInteractive: false });
  await demo.end();

  const steps = printed.split(/\n(?=\d\d:\d\d )/);
  const at = (time: string): string => steps.find(step => step.startsWith(time)) ?? `nothing at ${time}`;
  expect(printed).toContain('12 commands');
  expect(steps.filter(step => step.includes('Reaction: 😕')).map(step => step.slice(0, 5))).toEqual(['09:00', '12:52']);
  expect(at('09:00')).toContain('nobody decides on a pull request of their own');
  expect(at('09:30')).toContain('1 finding waived by noor');
  expect(at('09:35')).toContain('Assigned: noor');
  expect(at('10:15')).toContain('Labels: +triage-rejected -triage-uncertain');
  expect(at('11:20')).toContain('Labels: +triage-follow-up -triage-requested-changes');
  expect(at('11:40')).toContain('assay/rules: action_required. On hold');
  expect(at('12:52')).toMatch(/it is for approvers[\s\S]*Ask one of them/);
  expect(at('13:05')).toContain('Labels: +triage-approved -triage-follow-up');
  expect(at('13:06')).toMatch(
    /assay\/rules says: The rules pass \(success\)\n {2}The queue: merged\n[\s\S]*\(merged\)/,
  );
  expect(at('14:30')).toMatch(/\/assay waive [0-9a-f]{7}` by noor does not count: it was given for an earlier state/);
});
