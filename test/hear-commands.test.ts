import { describe, expect, test } from 'vitest';
import type { Comment, CommentState, Role } from '../src/core/conversation.ts';
import { policySchema } from '../src/core/policy.ts';
import { hearCommands } from '../src/hear-commands.ts';
import { pullRequest } from './core/plan/sample-facts.ts';

const author = { login: 'mira', id: 70, isBot: false };

const comment = (id: number, body: string, login = 'tom'): Comment => ({
  id,
  nodeId: `n${id}`,
  author:
    login === 'mira'
      ? author
      : { login, id: 1_000 + login.length * 37 + login.charCodeAt(0), isBot: login.endsWith('[bot]') },
  body,
  createdAt: '2026-03-01T09:00:00Z',
  updatedAt: '2026-03-01T09:00:00Z',
  isOurs: false,
});

/** What is heard, where tom may triage, ada may approve as a member of a team, and everybody else only reads. */
async function hear(
  comments: readonly Comment[],
  {
    states = new Map(),
    roles = {},
  }: { states?: ReadonlyMap<number, Partial<CommentState>>; roles?: Readonly<Record<string, Role>> } = {},
) {
  const asked: string[] = [];
  const policy = policySchema.parse({ roles: { approver: { permissions: [], teams: ['lantern/approvers'] } } });
  const heard = await hearCommands(pullRequest({ author }), comments, policy, 'assay-app', {
    loadCommentStates: (_, some) => {
      asked.push(`states of ${some.length}`);
      return Promise.resolve(new Map(some.map(({ id }) => [id, { isDone: false, ...states.get(id) }])));
    },
    loadRole: (_, login) => {
      asked.push(`role of ${login}`);
      return Promise.resolve(roles[login] ?? (login === 'tom' ? 'triage' : 'read'));
    },
    loadMembership: (team, login) => {
      asked.push(`${team} ${login}`);
      return Promise.resolve(login === 'ada' ? 'member' : 'no');
    },
  });
  return {
    asked,
    incomplete: heard.incomplete,
    pending: heard.pending.flatMap(({ comment: { id }, commands }) =>
      commands.map(({ command, permission }) => `${id} ${command.type} ${permission}`),
    ),
    decisions: heard.decisions.map(
      ({ commentId, command, permission }) => `${commentId} ${command.type} ${permission}`,
    ),
  };
}

describe('who is asked about', () => {
  test('nobody, where there is no command', async () => {
    expect((await hear([comment(1, 'Thanks!')])).asked).toEqual([]);
  });

  test('nobody for what everybody may, or the contributor', async () => {
    expect((await hear([comment(1, '/assay help', 'zoe'), comment(2, '/assay review', 'mira')])).asked).toEqual([
      'states of 2',
    ]);
  });

  test('each person once, and teams only where the permission does not do', async () => {
    const { asked, pending } = await hear([
      comment(1, '/assay hold\n/assay unhold'),
      comment(2, '/assay approve', 'ada'),
      comment(3, '/assay approve'),
    ]);
    expect(asked).toEqual([
      'role of tom',
      'lantern/approvers tom',
      'role of ada',
      'lantern/approvers ada',
      'states of 3',
    ]);
    expect(pending).toEqual(['1 hold yes', '1 unhold yes', '2 approve yes', '3 approve no']);
  });
});

describe('what counts', () => {
  test('what was answered is not answered again, and goes on counting', async () => {
    const states = new Map([[1, { isDone: true, wasAccepted: true }]]);
    const { pending, decisions } = await hear([comment(1, '/assay hold')], { states });
    expect(pending).toEqual([]);
    expect(decisions).toEqual(['1 hold yes']);
  });

  test('what somebody else edited counts for nothing; what its author edited counts as it reads', async () => {
    const states = new Map([
      [1, { editor: 'mallory' }],
      [2, { editor: 'TOM', editedAt: '2026-03-02T09:00:00Z' }],
    ]);
    const { decisions } = await hear([comment(1, '/assay hold'), comment(2, '/assay hold')], { states });
    expect(decisions).toEqual(['2 hold yes']);
  });

  test('a role that was lost is told; a word of somebody who never had one is not', async () => {
    const states = new Map([
      [1, { isDone: true, wasAccepted: true }],
      [2, { isDone: true, wasAccepted: false }],
    ]);
    const { decisions } = await hear([comment(1, '/assay hold'), comment(2, '/assay approve', 'zoe')], {
      states,
      roles: { tom: 'read' },
    });
    expect(decisions).toEqual(['1 hold no']);
  });

  test('bots, our own words and what is gone say nothing', async () => {
    const ours = { ...comment(2, '/assay hold'), isOurs: true };
    expect((await hear([comment(1, '/assay hold', 'robot[bot]'), ours])).decisions).toEqual([]);
  });
});

describe('a crowd', () => {
  test('cannot bury a hold under a thousand comments', async () => {
    const noise = Array.from({ length: 1_000 }, (_, index) => comment(index + 10, '/assay help', 'zoe'));
    const { decisions, pending, incomplete } = await hear([comment(1, '/assay hold'), ...noise]);
    expect(decisions).toEqual(['1 hold yes']);
    expect(pending.length).toBe(21);
    expect(incomplete).toBeUndefined();
  });

  test('of more people than are asked about lets nothing pass', async () => {
    const crowd = Array.from({ length: 61 }, (_, index) =>
      comment(index + 10, '/assay approve', 'x'.repeat(index + 1)),
    );
    expect((await hear(crowd)).incomplete).toMatch(/more commands in the conversation/);
  });
});
