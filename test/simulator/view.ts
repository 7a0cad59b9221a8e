/** What a person sees on a pull request: plain, printable, and without ids and times, so that two can be compared. */
import { latestRuns, mergeability } from './mergeability.ts';
import type { PullRequest, World } from './state.ts';

export type View = ReturnType<typeof viewOf>;

export function viewOf(pull: PullRequest) {
  const { repository, head } = pull;
  const byName = <T extends { name: string; app: string }>(a: T, b: T): number =>
    `${a.name} ${a.app}`.localeCompare(`${b.name} ${b.app}`);
  return {
    number: pull.number,
    title: pull.title,
    author: pull.author.login,
    state: pull.mergedAt === null ? pull.state : ('merged' as const),
    draft: pull.draft,
    labels: pull.labels.map(({ name }) => name).sort(),
    assignees: pull.assignees.map(({ login }) => login),
    checks: latestRuns(repository, head.sha)
      .map(run => ({
        name: run.name,
        app: run.app.slug,
        status: run.status,
        conclusion: run.conclusion,
        title: run.title,
        summary: run.summary,
        text: run.text,
        annotations: run.annotations.map(each => ({ ...each })),
        buttons: run.actions.map(({ label }) => label),
      }))
      .sort(byName),
    comments: pull.comments.map(({ author, body, minimized, reactions }) => ({
      author: author.login,
      body,
      minimized,
      reactions: reactions.map(({ user, content }) => `${user.login}: ${content}`).sort(),
    })),
    reviews: pull.reviews
      .filter(({ state }) => state !== 'PENDING')
      .map(({ id, author, body, state, minimized }) => ({
        author: author.login,
        body,
        state,
        minimized,
        comments: pull.reviewComments
          .filter(({ reviewId }) => reviewId === id)
          .map(comment => ({
            author: comment.author.login,
            path: comment.path,
            line: comment.line,
            startLine: comment.startLine,
            side: comment.side,
            body: comment.body,
            minimized: comment.minimized,
            isReply: comment.inReplyTo !== null,
          })),
      })),
    mergeability: mergeability(pull),
  };
}

/** The same as text, for the demo and for a look with a browser. */
export function printView(view: View): string {
  const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ');
  const checks = view.checks.flatMap(check => [
    `  ${check.name} (${check.app}): ${check.conclusion ?? check.status}${check.title === null ? '' : ` — ${check.title}`}`,
    ...check.annotations.map(each => `    ${each.path}:${each.start_line} ${each.annotation_level}: ${each.message}`),
  ]);
  const comments = view.comments.flatMap(({ author, body, reactions }) => [
    `  ${author}:`,
    indent(body),
    ...(reactions.length === 0 ? [] : [`    [${reactions.join(', ')}]`]),
  ]);
  const reviews = view.reviews.flatMap(({ author, state, body, comments }) => [
    `  ${author} (${state}):`,
    ...(body === '' ? [] : [indent(body)]),
    ...comments.flatMap(comment => [
      `    ${comment.path}:${comment.line ?? 'outdated'} ${comment.author}:`,
      indent(indent(comment.body)),
    ]),
  ]);
  const required = view.mergeability.requiredChecks.map(({ name, state }) => `  required ${name}: ${state}`);
  return [
    `#${view.number} ${view.title} (${view.author}, ${view.state}${view.draft ? ', draft' : ''})`,
    `Labels: ${view.labels.join(', ') || 'none'}`,
    ...(checks.length === 0 ? [] : ['Checks:', ...checks]),
    ...(comments.length === 0 ? [] : ['Conversation:', ...comments]),
    ...(reviews.length === 0 ? [] : ['Reviews:', ...reviews]),
    `Merging: ${view.mergeability.state}`,
    ...required,
    '',
  ].join('\n');
}

/** A view in which addresses, ids, times and commit hashes are replaced by what does not change from run to run. */
export function withoutVolatile(world: World, pull: PullRequest): View {
  const commits = [...pull.repository.git.commits.keys()];
  const plain = (text: string): string =>
    text
      .replaceAll(world.url, 'https://github.test')
      .replaceAll(/\b(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z| UTC)?/g, '<time>')
      .replaceAll(/(\/runs\/|#issuecomment-|#discussion_r|#pullrequestreview-)\d+/g, '$1<id>')
      .replaceAll(/\b[0-9a-f]{7,40}\b/g, hash => {
        const index = commits.findIndex(sha => sha.startsWith(hash));
        return index < 0 ? hash : `<commit ${index + 1}>`;
      });
  return JSON.parse(JSON.stringify(viewOf(pull)), (_, value: unknown) =>
    typeof value === 'string' ? plain(value) : value,
  ) as View;
}
