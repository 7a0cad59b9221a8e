import { describe, expect, test } from 'vitest';
import { answerCommands } from '../src/answer-commands.ts';
import type { Comment } from '../src/core/conversation.ts';
import { noDecisions } from '../src/core/decisions/decisions.ts';
import { defaultPolicy } from '../src/core/policy.ts';
import type { Account } from '../src/core/pull-request.ts';
import { hearCommands } from '../src/hear-commands.ts';
import { pullRequest } from './core/plan/sample-facts.ts';

const stranger: Account = { login: 'a-stranger', id: 77, isBot: false };
const friend: Account = { login: 'a-friend', id: 78, isBot: false };

const comment = (id: number, body: string, author = stranger): Comment => ({
  id,
  nodeId: `n${id}`,
  author,
  body,
  createdAt: '2026-03-01T09:00:00Z',
  updatedAt: '2026-03-01T09:00:00Z',
  isOurs: false,
});

/** A conversation in which readers speak. Tells what Assay does to it, and takes its replies in. */
function conversation({ author = friend }: { author?: Account } = {}) {
  const comments: Comment[] = [];
  const done = new Set<number>();
  const say = async (...said: readonly Comment[]): Promise<readonly string[]> => {
    comments.push(...said);
    const told: string[] = [];
    const where = pullRequest({ author });
    const { pending } = await hearCommands(where, comments, defaultPolicy, 'assay-taxonomy', {
      loadCommentStates: (_, asked) => Promise.resolve(new Map(asked.map(({ id }) => [id, { isDone: done.has(id) }]))),
      loadRole: () => Promise.resolve('read'),
      loadMembership: () => Promise.resolve('no'),
    });
    await answerCommands(
      where,
      pending,
      comments,
      { decisions: noDecisions, findings: [], docs: [] },
      {
        apply: (_, action) => {
          if (action.type === 'reply') {
            told.push(`reply to ${action.commentId}`);
            comments.push({ ...comment(1_000 + comments.length, action.body), isOurs: true });
          }
          if (action.type === 'react') {
            told.push(`${action.reaction} on ${action.commentId}`);
            done.add(action.commentId);
          }
          return Promise.resolve(undefined);
        },
      },
    );
    return told;
  };
  const remove = (id: number) => comments.splice(0, comments.length, ...comments.filter(each => each.id !== id));
  return { say, remove, forgetReactions: () => done.clear() };
}

describe('why a command was not carried out', () => {
  test('is explained once to each person, and afterwards only the reaction says no', async () => {
    const { say, remove } = conversation();
    expect(await say(comment(1, '/assay nonsense'), comment(2, '/assay review'))).toEqual([
      'reply to 1',
      'confused on 1',
      'confused on 2',
    ]);
    expect(await say(comment(3, '/assay again'))).toEqual(['confused on 3']);
    // What was deleted was answered all the same.
    remove(1);
    expect(await say(comment(4, '/assay and again'))).toEqual(['confused on 4']);
    expect(await say(comment(5, '/assay what', friend))).toEqual(['reply to 5', 'confused on 5']);
  });

  test('does not stand in the way of help', async () => {
    const { say } = conversation();
    expect(await say(comment(1, '/assay help'))).toEqual(['reply to 1', 'eyes on 1']);
    expect(await say(comment(2, '/assay nonsense'))).toEqual(['reply to 2', 'confused on 2']);
    expect(await say(comment(3, '/assay nonsense\n/assay help'))).toEqual(['reply to 3', 'confused on 3']);
  });

  test('is looked up again, and stays as it was, where the reaction was not reached', async () => {
    const { say, forgetReactions } = conversation();
    await say(comment(1, '/assay nonsense'));
    forgetReactions();
    expect(await say()).toEqual(['reply to 1', 'confused on 1']);
  });
});

test('a deleted account is nobody, and so not the author of a pull request whose author is gone', async () => {
  const ghost: Account = { login: 'ghost', id: 0, isBot: false };
  const { say } = conversation({ author: ghost });
  expect(await say(comment(1, '/assay review', ghost))).toEqual(['reply to 1', 'confused on 1']);
});
