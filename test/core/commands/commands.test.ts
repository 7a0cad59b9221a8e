import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderCommandDocs } from '../../../src/core/commands/docs.ts';
import { parseCommands } from '../../../src/core/commands/parse.ts';
import { commentsWithCommands, pendingCommands } from '../../../src/core/commands/pending.ts';
import { mayRun } from '../../../src/core/commands/permission.ts';
import { commands } from '../../../src/core/commands/registry.ts';
import { renderReply } from '../../../src/core/commands/reply.ts';
import type { Answer } from '../../../src/core/commands/reply.ts';
import type { Comment, CommentState, Role } from '../../../src/core/conversation.ts';
import { readReplyMarker } from '../../../src/core/markers.ts';
import { hostileText } from '../hostile-text.ts';
import { parseMarkdown, walk } from '../markdown.ts';

describe('who may', () => {
  const roles: readonly Role[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin', 'unknown'];
  const answers = (type: 'help' | 'review' | 'unknown', isAuthor: boolean) =>
    roles.map(role => mayRun({ type }, { role, isAuthor }));

  test('ask for a review: triagers and those above, and the author', () => {
    expect(answers('review', false)).toEqual(['no', 'no', 'yes', 'yes', 'yes', 'yes', 'unverified']);
    expect(new Set(answers('review', true))).toEqual(new Set(['yes']));
  });

  test('ask for help, or be told that a command does not exist: everyone who can read', () => {
    for (const type of ['help', 'unknown'] as const) {
      expect(answers(type, false)).toEqual(['no', 'yes', 'yes', 'yes', 'yes', 'yes', 'unverified']);
    }
  });
});

describe('what is still to be done', () => {
  const comment = (changes: Partial<Comment> = {}): Comment => ({
    id: 1,
    nodeId: 'n1',
    author: { login: 'Jo-Doe', id: 7, isBot: false },
    body: '/assay review',
    createdAt: '2026-03-01T09:00:00Z',
    updatedAt: '2026-03-01T09:00:00Z',
    isOurs: false,
    ...changes,
  });
  const isPending = (changes: Partial<Comment>, state: CommentState | undefined = { isDone: false }) =>
    pendingCommands(commentsWithCommands([comment(changes)]), new Map(state ? [[1, state]] : [])).length > 0;

  test('is what people wrote and nobody did yet', () => {
    expect(isPending({})).toBe(true);
    expect(isPending({ body: 'Thanks!' })).toBe(false);
    expect(isPending({}, { isDone: true })).toBe(false);
  });

  test('is never what a bot wrote, or we, or what is gone', () => {
    expect(isPending({ author: { login: 'robot[bot]', id: 8, isBot: true } })).toBe(false);
    expect(isPending({ isOurs: true })).toBe(false);
    expect(pendingCommands([comment()], new Map())).toEqual([]);
  });

  test('is what its author edited, and not what somebody else edited', () => {
    expect(isPending({}, { isDone: false, editor: 'jo-doe' })).toBe(true);
    expect(isPending({}, { isDone: false, editor: 'mallory' })).toBe(false);
  });

  test('is looked for in the newest comments, however many there are', () => {
    const comments = Array.from({ length: 300 }, (_, index) => comment({ id: index + 1 }));
    const candidates = commentsWithCommands(comments);
    expect(candidates).toHaveLength(50);
    const states = new Map(candidates.map(({ id }) => [id, { isDone: false }]));
    const ids = pendingCommands(candidates, states).map(({ comment: { id } }) => id);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([20, 281, 300]);
  });

  test('asks for the state of those comments only that hold a command', () => {
    const comments = [comment(), comment({ id: 2, body: 'no' }), comment({ id: 3, isOurs: true })];
    expect(commentsWithCommands(comments).map(({ id }) => id)).toEqual([1]);
  });
});

describe('a comment that is hard to read', () => {
  const body = `/assay help\n\n${'- '.repeat(20)}a\n`.padEnd(60_000, '`*_[ ');
  const comment: Comment = {
    id: 1,
    nodeId: 'n1',
    author: { login: 'jo', id: 7, isBot: false },
    body,
    createdAt: '2026-03-01T09:00:00Z',
    updatedAt: '2026-03-01T09:00:00Z',
    isOurs: false,
  };

  test('is not parsed again once it is done', () => {
    const comments = Array.from({ length: 50 }, (_, index) => ({ ...comment, id: index + 1 }));
    let reads = 0;
    // How often the text is looked at: once to find the mention, and never more when it is done.
    const watched = comments.map(each => ({
      ...each,
      get body() {
        reads += 1;
        return body;
      },
    }));
    const candidates = commentsWithCommands(watched);
    const before = reads;
    expect(pendingCommands(candidates, new Map(watched.map(({ id }) => [id, { isDone: true }])))).toEqual([]);
    expect(reads).toBe(before);
  });
});

describe('replies', () => {
  const answer: fc.Arbitrary<Answer> = fc.oneof(
    fc.constant({ type: 'help' as const }),
    fc.record({ type: fc.constant('unknown' as const), text: hostileText }),
    fc.record({
      type: fc.constant('unknown' as const),
      text: hostileText,
      didYouMean: fc.constantFrom('help', 'review'),
    }),
    fc.record({ type: fc.constantFrom('refused', 'unverified'), verb: fc.constantFrom('help', 'review') }),
  );

  test('are read as pages', async () => {
    const replies = [
      renderReply(11, 7, [{ type: 'help' }]),
      renderReply(12, 7, [{ type: 'unknown', text: 'reveiw', didYouMean: 'review' }]),
      renderReply(13, 7, [{ type: 'unknown', text: 'make @octocat coffee' }]),
      renderReply(14, 7, [{ type: 'refused', verb: 'review' }]),
      renderReply(15, 7, [{ type: 'unverified', verb: 'review' }]),
    ];
    await expect(`${replies.join('\n\n---\n\n')}\n`).toMatchFileSnapshot('../../fixtures/comments/replies.md');
  });

  test('are never commands, and do nothing but say', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(answer, { minLength: 1, maxLength: 4 }), (id, answers) => {
        const reply = renderReply(id, 7, answers);
        expect(parseCommands(reply)).toEqual([]);
        expect(readReplyMarker(reply)).toBe(id);
        const types = walk(parseMarkdown(reply)).map(({ type }) => type);
        expect(types.filter(type => ['link', 'image', 'heading', 'code'].includes(type))).toEqual([]);
        expect(types.filter(type => type === 'html')).toHaveLength(1);
      }),
    );
  });

  test('say the same only once', () => {
    const reply = renderReply(1, 7, [{ type: 'help' }, { type: 'help' }]);
    expect(reply.split('These are the commands').length).toBe(2);
  });
});

describe('the registry', () => {
  test('has examples that are heard as their command', () => {
    for (const { verb, examples } of commands) {
      for (const example of examples) expect(parseCommands(example)).toEqual([{ type: verb, arguments: [] }]);
    }
  });

  test('makes a page that names every command and is itself none', () => {
    const page = renderCommandDocs();
    for (const { usage, description } of commands) {
      expect(page).toContain(`/assay ${usage}`);
      expect(page).toContain(description);
    }
    expect(parseCommands(page)).toEqual([]);
  });
});
