/** The conversation as people have it. */
import { addComment, addLabels, findComment, react, removeLabel } from '../issues.ts';
import { type DraftComment, type ReviewEvent, addReply, addReview } from '../reviews.ts';
import { repositoryOf } from '../state.ts';
import type { ByPerson, Ground, PullRequestName } from './ground.ts';

export function conversationActions({ world, events, person, find, otherApp }: Ground) {
  return {
    /** Returns the comment's id. */
    async comment({ by, body, ...name }: ByPerson<{ body: string }>): Promise<number> {
      const pull = find(name);
      const comment = addComment(world, pull, person(by), body, null);
      await events.issueComment('created', pull, comment, person(by));
      return comment.id;
    },
    /** Anyone with write access may edit anyone's comment: `by` need not be its author. */
    async editComment({
      repository,
      id,
      by,
      body,
    }: {
      repository: string;
      id: number;
      by: string;
      body: string;
    }): Promise<void> {
      const { pull, comment } = findComment(repositoryOf(world, repository), id);
      const was = comment.body;
      comment.body = body;
      comment.updatedAt = world.timestamp();
      comment.editor = person(by);
      await events.issueComment('edited', pull, comment, person(by), was);
    },
    async deleteComment({ repository, id, by }: { repository: string; id: number; by: string }): Promise<void> {
      const { pull, comment } = findComment(repositoryOf(world, repository), id);
      pull.comments.splice(pull.comments.indexOf(comment), 1);
      await events.issueComment('deleted', pull, comment, person(by));
    },
    /** GitHub sends no webhook for a reaction. */
    react({ repository, id, by, content }: { repository: string; id: number; by: string; content: string }): void {
      react(world, findComment(repositoryOf(world, repository), id).comment, person(by), content);
    },
    async addLabel({ by, label, ...name }: ByPerson<{ label: string }>): Promise<void> {
      const pull = find(name);
      for (const each of addLabels(world, pull, [label], person(by), null))
        await events.pullRequest('labeled', pull, person(by), { label: each });
    },
    async removeLabel({ by, label, ...name }: ByPerson<{ label: string }>): Promise<void> {
      const pull = find(name);
      await events.pullRequest('unlabeled', pull, person(by), {
        label: removeLabel(world, pull, label, person(by), null),
      });
    },
    /** Submits a review; as in the interface, a comment must be on a line of the diff. */
    async review({
      by,
      event,
      body,
      comments,
      ...name
    }: ByPerson<{ event?: ReviewEvent; body?: string; comments?: readonly DraftComment[] }>): Promise<void> {
      addReview(world, find(name), person(by), {
        event: event ?? 'COMMENT',
        body: body ?? '',
        comments: comments ?? [],
      });
    },
    /** Answers under a review comment. Returns the answer's id. */
    reply({ by, to, body, ...name }: ByPerson<{ to: number; body: string }>): number {
      const pull = find(name);
      const comment = pull.reviewComments.find(({ id }) => id === to);
      if (comment === undefined) throw new Error(`no review comment ${to}`);
      return addReply(world, pull, person(by), comment, body).id;
    },
    resolveThread({ of, ...name }: PullRequestName & { of: number }): void {
      find(name).resolvedThreads.add(of);
    },
    /** Another App comments. Returns the comment's id. */
    async commentAsApp({ app, body, ...name }: PullRequestName & { app: string; body: string }): Promise<number> {
      const pull = find(name);
      const other = otherApp(app);
      const comment = addComment(world, pull, other.bot, body, other);
      await events.issueComment('created', pull, comment, other.bot);
      return comment.id;
    },
  };
}
