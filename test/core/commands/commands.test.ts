import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/core/commands/answer.ts';
import { renderCommandDocs } from '../../../src/core/commands/docs.ts';
import { explain } from '../../../src/core/commands/explain.ts';
import { parseCommands } from '../../../src/core/commands/parse.ts';
import { mayRun } from '../../../src/core/commands/permission.ts';
import type { Asker, Rank } from '../../../src/core/commands/permission.ts';
import { commands } from '../../../src/core/commands/registry.ts';
import { renderReply } from '../../../src/core/commands/reply.ts';
import { identify } from '../../../src/core/finding.ts';
import { readReplyMarker } from '../../../src/core/markers.ts';
import { ruleDocs } from '../../../src/core/rules/index.ts';
import { hostileText } from '../hostile-text.ts';
import { parseMarkdown, walk } from '../markdown.ts';
import { concern } from '../plan/sample-facts.ts';

describe('who may', () => {
  const ranks: readonly Rank[] = ['reader', 'triager', 'approver', 'maintainer'];
  const ask = (line: string, asker: Partial<Asker> = {}) => {
    const [command] = parseCommands(line, 'assay-app');
    if (command === undefined) throw new Error(`${line} is no command.`);
    return mayRun(command, { rank: 'reader', isSure: true, isAuthor: false, ...asker });
  };
  const answers = (line: string, isAuthor = false) => ranks.map(rank => ask(line, { rank, isAuthor }));

  test('ask for a review: triagers and those above, and the author', () => {
    expect(answers('/assay review')).toEqual(['no', 'yes', 'yes', 'yes']);
    expect(answers('/assay review', true)).toEqual(['yes', 'yes', 'yes', 'yes']);
  });

  test('spend beyond the budget: maintainers alone', () => {
    expect(answers('/assay review --judge')).toEqual(['no', 'no', 'no', 'yes']);
    expect(answers('/assay review --judge', true)).toEqual(['no', 'no', 'no', 'yes']);
  });

  test('approve: approvers, and nobody their own', () => {
    expect(answers('/assay approve')).toEqual(['no', 'no', 'yes', 'yes']);
    expect(answers('/assay approve', true)).toEqual(['own', 'own', 'own', 'own']);
  });

  test('waive: triagers, and nobody their own; dispute: the author', () => {
    expect(answers('/assay waive 3f9a2c1 because')).toEqual(['no', 'yes', 'yes', 'yes']);
    expect(answers('/assay waive 3f9a2c1 because', true)).toEqual(['own', 'own', 'own', 'own']);
    expect(answers('/assay dispute 3f9a2c1 because', true)).toEqual(['yes', 'yes', 'yes', 'yes']);
    expect(ask('/assay dispute 3f9a2c1 because')).toBe('no');
  });

  test('ask for help, or be told that a command does not exist: everyone', () => {
    for (const line of ['/assay help', '/assay nonsense', '/assay waive'])
      expect(answers(line)).toEqual(['yes', 'yes', 'yes', 'yes']);
  });

  test('what could not be asked for denies, unless what is known is enough', () => {
    expect(ask('/assay hold', { isSure: false })).toBe('unverified');
    expect(ask('/assay hold', { rank: 'triager', isSure: false })).toBe('yes');
    expect(ask('/assay approve', { rank: 'triager', isSure: false })).toBe('unverified');
    expect(ask('/assay review', { isSure: false, isAuthor: true })).toBe('yes');
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
    fc.record({
      type: fc.constant('refused' as const),
      verb: fc.constantFrom('help', 'review', 'approve'),
      why: fc.constantFrom('no', 'own', 'unverified'),
    }),
    fc.record({ type: fc.constant('no-finding' as const), verb: fc.constant('explain'), finding: hostileText }),
    fc.record({
      type: fc.constant('not-counting' as const),
      verb: fc.constantFrom('approve', 'waive'),
      why: fc.constantFrom('role', 'own', 'unverified', 'not-waivable', 'content', 'open-errors', 'no-finding'),
    }),
    fc
      .tuple(hostileText, hostileText)
      .map(([message, path]) => identify([concern({ message, location: { path, line: 1, column: 1 } })]))
      .map(findings => ({
        type: 'explained' as const,
        text: explain('schema/too-few-items', findings, ruleDocs) ?? '',
      })),
  );

  test('are read as pages', async () => {
    const replies = [
      renderReply(11, 7, [{ type: 'help' }]),
      renderReply(12, 7, [{ type: 'unknown', text: 'reveiw', didYouMean: 'review' }]),
      renderReply(13, 7, [{ type: 'unknown', text: 'make @octocat coffee' }]),
      renderReply(14, 7, [{ type: 'refused', verb: 'review', why: 'no' }]),
      renderReply(15, 7, [{ type: 'refused', verb: 'review', why: 'unverified' }]),
      renderReply(16, 7, [{ type: 'refused', verb: 'waive', why: 'own' }]),
      renderReply(17, 7, [{ type: 'malformed', verb: 'waive', problem: 'it needs a reason' }]),
      renderReply(18, 7, [{ type: 'no-finding', verb: 'explain', finding: '3f9a2c1' }]),
      renderReply(19, 7, [{ type: 'not-counting', verb: 'approve', why: 'open-errors' }]),
      renderReply(20, 7, [
        { type: 'explained', text: explain('schema/too-few-items', identify([concern()]), ruleDocs) ?? '' },
      ]),
    ];
    await expect(`${replies.join('\n\n---\n\n')}\n`).toMatchFileSnapshot('../../fixtures/comments/replies.md');
  });

  test('are never commands, and do nothing but say', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(answer, { minLength: 1, maxLength: 4 }), (id, answers) => {
        const reply = renderReply(id, 7, answers);
        expect(parseCommands(reply, 'assay-app')).toEqual([]);
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
      for (const example of examples)
        expect(parseCommands(example, 'assay-app')).toEqual([expect.objectContaining({ type: verb })]);
    }
  });

  test('makes a page that names every command and is itself none', () => {
    const page = renderCommandDocs();
    for (const { usage, description } of commands) {
      expect(page).toContain(`/assay ${usage}`);
      expect(page).toContain(description);
    }
    expect(parseCommands(page, 'assay-app')).toEqual([]);
  });
});
