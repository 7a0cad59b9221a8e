import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Standing } from '../../src/core/commands/command.ts';
import type { Rank } from '../../src/core/commands/permission.ts';
import { parseCommands } from '../../src/core/commands/parse.ts';
import { isStanding } from '../../src/core/commands/command.ts';
import { withDecisions } from '../../src/core/decisions/apply.ts';
import { contentOf, readSeals, sealFor, sealLine } from '../../src/core/decisions/content.ts';
import { decisionsOf } from '../../src/core/decisions/decisions.ts';
import type { DecisionFacts, Decisions } from '../../src/core/decisions/decisions.ts';
import type { GivenDecision } from '../../src/core/decisions/given.ts';
import { mayWaive } from '../../src/core/decisions/may-waive.ts';
import { identify, shortId } from '../../src/core/finding.ts';
import { concern, pullRequest } from './plan/sample-facts.ts';

const tom = { login: 'tom', id: 7, isBot: false };

const standing = (line: string): Standing => {
  const [command] = parseCommands(line, 'assay');
  if (command === undefined || !isStanding(command)) throw new Error(`${line} is no standing command.`);
  return command;
};

/** What somebody said at a minute of a morning on which the head came at ten minutes. */
const said = (minute: number, line: string, changes: Partial<GivenDecision> = {}): GivenDecision => ({
  command: standing(line),
  by: tom,
  permission: 'yes',
  rank: 'triager',
  commentId: minute,
  at: at(minute),
  ...changes,
});

const at = (minute: number): string => `2026-03-01T09:${String(minute).padStart(2, '0')}:00Z`;

const error = concern({ rule: 'layout/directory-name', flagged: 'a' });
const question = concern({ rule: 'screen/personal-data', severity: 'question', flagged: 'b' });
const findings = identify([error, question]);
const [errorId = '', questionId = ''] = findings.map(shortId);

const seal = sealFor('a key', pullRequest());
const facts = (changes: Partial<DecisionFacts> = {}): DecisionFacts => ({
  headSince: at(10),
  content: 'now',
  seal,
  kept: new Map(),
  findings,
  mayWaive: () => true,
  ...changes,
});

const decide = (given: readonly GivenDecision[], changes: Partial<DecisionFacts> = {}) =>
  decisionsOf(given, facts(changes));

const lapses = ({ lapsed }: Decisions) => lapsed.map(({ commentId, why }) => `${commentId} ${why}`);

describe('a waiver', () => {
  test('takes the weight from the finding with that id, and only from that', () => {
    const decisions = decide([said(20, `/assay waive ${questionId} it is the office’s number`)]);
    expect(withDecisions(findings, decisions).map(({ severity }) => severity)).toEqual(['error', 'note']);
    expect(withDecisions(findings, decisions)[1]?.waived).toMatchObject({ reason: 'it is the office’s number' });
  });

  test('of an id holds as long as there is such a finding, whatever is pushed', () => {
    expect(decide([said(5, `/assay waive ${errorId} agreed`)]).waivers.size).toBe(1);
    const changed = identify([concern({ rule: 'layout/directory-name', flagged: 'another' })]);
    const decisions = decide([said(5, `/assay waive ${errorId} agreed`)], { findings: changed });
    expect(decisions.waivers.size).toBe(0);
    expect(lapses(decisions)).toEqual(['5 no-finding']);
  });

  test('of a whole rule holds for the content that it was given for', () => {
    const given = [said(5, '/assay waive layout/directory-name agreed')];
    expect(lapses(decide(given))).toEqual(['5 content']);
    const kept = decide(given, { headSince: at(1) }).seals;
    expect(decide(given, { kept }).waivers.size).toBe(1);
    expect(lapses(decide(given, { kept, content: 'changed' }))).toEqual(['5 content']);
  });

  test('of what a screen found holds for the content: its finding does not say which number or words it was about', () => {
    const given = [said(5, `/assay waive ${questionId} it is the office’s number`)];
    expect(lapses(decide(given))).toEqual(['5 content']);
    const kept = decide(given, { headSince: at(1) }).seals;
    expect(decide(given, { kept }).waivers.size).toBe(1);
    expect(lapses(decide(given, { kept, content: 'with another number' }))).toEqual(['5 content']);
  });

  test('ends with unwaive, and can be given again', () => {
    const waive = (minute: number) => said(minute, `/assay waive ${errorId} agreed`);
    expect(decide([waive(20), said(21, `/assay unwaive ${errorId}`)]).waivers.size).toBe(0);
    expect(decide([waive(20), said(21, '/assay unwaive layout/directory-name'), waive(22)]).waivers.size).toBe(1);
  });

  test('edited into an old comment is no newer than that comment', () => {
    const waive = said(15, `/assay waive ${errorId} agreed`, { editedAt: at(30) });
    expect(decide([waive, said(20, `/assay unwaive ${errorId}`)]).waivers.size).toBe(0);
  });

  test('of what nobody may waive, or only a maintainer, does not count', () => {
    const waived = (rule: string, rank: Rank) => {
      const found = identify([concern({ rule })]);
      return decide([said(20, `/assay waive ${shortId(found[0]!)} it is fine`, { rank })], {
        findings: found,
        mayWaive,
      });
    };
    expect(lapses(waived('yaml/syntax', 'maintainer'))).toEqual(['20 not-waivable']);
    expect(lapses(waived('screen/secret', 'triager'))).toEqual(['20 not-waivable']);
    expect(waived('screen/secret', 'maintainer').waivers.size).toBe(1);
  });
});

describe('a dispute', () => {
  test('marks the finding and leaves its weight', () => {
    const [disputed] = withDecisions(findings, decide([said(20, `/assay dispute ${errorId} it is a name`)]));
    expect(disputed).toMatchObject({ severity: 'error', disputed: { reason: 'it is a name' } });
  });

  test('ends with a waiver', () => {
    const { disputes } = decide([said(20, `/assay dispute ${errorId} no`), said(21, `/assay waive ${errorId} indeed`)]);
    expect(disputes.size).toBe(0);
  });
});

describe('a hold', () => {
  test('stands until unhold, of whomever, and over pushes', () => {
    expect(decide([said(2, '/assay hold meeting')]).holds).toMatchObject([{ reason: 'meeting' }]);
    expect(decide([said(2, '/assay hold'), said(3, '/assay hold'), said(4, '/assay unhold')]).holds).toEqual([]);
    expect(decide([said(4, '/assay unhold'), said(5, '/assay hold')]).holds).toHaveLength(1);
  });

  test('edited in counts from the edit, and an unhold from when its comment was written: nobody gains by editing', () => {
    expect(decide([said(2, '/assay hold', { editedAt: at(30) }), said(20, '/assay unhold')]).holds).toHaveLength(1);
    expect(decide([said(20, '/assay hold'), said(2, '/assay unhold', { editedAt: at(30) })]).holds).toHaveLength(1);
  });
});

describe('where triage stands', () => {
  const sound = { findings: identify([question]) };

  test('is what was said last', () => {
    const given = [said(20, '/assay uncertain where to?'), said(21, '/assay reject jokes')];
    expect(decide(given).status).toMatchObject({ type: 'reject', reason: 'jokes' });
    expect(decide(given.toReversed()).status).toMatchObject({ type: 'reject' });
  });

  test('an approval needs that nothing must change, and counts as soon as that is so', () => {
    expect(lapses(decide([said(20, '/assay approve')]))).toEqual(['20 open-errors']);
    expect(decide([said(20, '/assay approve'), said(21, `/assay waive ${errorId} agreed`)]).status?.type).toBe(
      'approve',
    );
    expect(decide([said(20, '/assay approve')], sound).status?.type).toBe('approve');
  });

  test('an approval ends with a push that changes the content, and says so; with another it stands', () => {
    const given = [said(20, '/assay approve')];
    const { seals } = decide(given, sound);
    const pushed = { ...sound, headSince: at(40), kept: seals };
    expect(decide(given, pushed).status?.type).toBe('approve');
    const changed = decide(given, { ...pushed, content: 'changed' });
    expect(changed.status).toBeUndefined();
    expect(lapses(changed)).toEqual(['20 content']);
  });

  test('what was said before an approval that ended does not come back', () => {
    const given = [said(2, '/assay reject jokes'), said(3, '/assay approve')];
    expect(decide(given, sound).status).toBeUndefined();
  });

  test('a seal that somebody wrote into our comment proves nothing', () => {
    const given = [said(5, '/assay approve')];
    expect(decide(given, { ...sound, kept: new Map([[5, '0'.repeat(32)]]) }).status).toBeUndefined();
    const elsewhere = sealFor('a key', pullRequest({ number: 99 }))(5, 'now');
    expect(decide(given, { ...sound, kept: new Map([[5, elsewhere]]) }).status).toBeUndefined();
  });

  test('changes that a person asked for are a follow-up after the next push', () => {
    expect(decide([said(20, '/assay request-changes more')]).status?.type).toBe('request-changes');
    const after = decide([said(5, '/assay request-changes more')]);
    expect([after.status, after.isFollowUp, after.lapsed]).toEqual([undefined, true, []]);
  });

  test('what somebody may not do any more, or not to their own, is told', () => {
    const given = [
      said(20, '/assay approve', { permission: 'no' }),
      said(21, '/assay hold', { permission: 'unverified' }),
      said(22, '/assay unhold', { permission: 'own' }),
    ];
    const decisions = decide(given);
    expect(lapses(decisions)).toEqual(['20 role', '21 unverified', '22 own']);
    expect([decisions.status, decisions.holds]).toEqual([undefined, []]);
  });
});

test('the same words in any order give the same', () => {
  const lines = [
    '/assay hold',
    '/assay unhold',
    `/assay waive ${errorId} agreed`,
    '/assay waive layout/directory-name agreed',
    `/assay unwaive ${errorId}`,
    `/assay dispute ${questionId} no`,
    '/assay approve',
    '/assay reject jokes',
    '/assay request-changes',
    '/assay precheck',
    '/assay review --judge',
  ];
  const given = fc.uniqueArray(
    fc.record({
      minute: fc.integer({ min: 0, max: 59 }),
      line: fc.constantFrom(...lines),
      edited: fc.option(fc.nat(59)),
    }),
    { selector: ({ minute }) => minute, maxLength: 8 },
  );
  fc.assert(
    fc.property(given, fc.infiniteStream(fc.nat()), (words, chance) => {
      const all = words.map(({ minute, line, edited }) =>
        said(minute, line, edited === null ? {} : { editedAt: at(Math.max(minute, edited)) }),
      );
      const shuffled = all
        .map(one => ({ one, key: chance.next().value ?? 0 }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ one }) => one);
      expect(decide(shuffled)).toEqual(decide(all));
    }),
  );
});

describe('what was decided about', () => {
  test('is the content of the taxonomy’s files, not the commit', () => {
    const one = pullRequest();
    expect(contentOf({ files: one.files })).toBe(contentOf({ files: one.files.toReversed() }));
    const readme = { path: 'README.md', status: 'modified', blobSha: 'f'.repeat(40) } as const;
    expect(contentOf({ files: [...one.files, readme] })).toBe(contentOf({ files: one.files }));
    const [first, ...rest] = one.files;
    expect(contentOf({ files: [{ ...first!, blobSha: 'e'.repeat(40) }, ...rest] })).not.toBe(contentOf(one));
  });

  test('is kept in our comment, and read from it again', () => {
    const seals = new Map([
      [11, seal(11, 'now')],
      [12, seal(12, 'now')],
    ]);
    expect(readSeals(`### Assay\n\n${sealLine(seals)}\n\n<!-- assay:comment -->`)).toEqual(seals);
    expect(readSeals(undefined)).toEqual(new Map());
    expect(readSeals('<!-- assay:decided 11=nothing -->')).toEqual(new Map());
    expect(sealLine(new Map())).toBe('');
  });
});
