import { expect, test } from 'vitest';
import { inRepository, openPullRequest, refused, repository, simulate } from './simulation.ts';

test('many blobs in one query', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { head } = await openPullRequest(github, {
    files: { text: 'été\n', binary: new Uint8Array([1, 0]), long: 'x'.repeat(600_000) },
  });
  const fields = '{ ... on Blob { oid text byteSize isBinary isTruncated } }';
  const { repository: found } = await octokit.graphql<{ repository: Record<string, { text: string | null } | null> }>(
    `query ($owner: String!, $repo: String!, $a: String!, $b: String!, $c: String!, $d: String!) {
      repository(owner: $owner, name: $repo) {
        a: object(expression: $a) ${fields} b: object(expression: $b) ${fields}
        c: object(expression: $c) ${fields} d: object(expression: $d) ${fields}
      }
    }`,
    { ...inRepository, a: `${head()}:text`, b: `${head()}:binary`, c: `${head()}:long`, d: `${head()}:nothing` },
  );
  expect(found['a']).toMatchObject({ text: 'été\n', byteSize: 6, isBinary: false, isTruncated: false });
  expect(found['b']).toMatchObject({ text: null, isBinary: true });
  expect(found['c']).toMatchObject({ byteSize: 600_000, isTruncated: true });
  expect(found['d']).toBeNull();
  github.assertClean();
});

test('the conversation: editors, threads, the timeline of labels', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { pull, name, number, head } = await openPullRequest(github);
  const id = await github.people.comment({ ...name, by: 'ann', body: 'first' });
  await github.people.editComment({ repository, id, by: 'mara', body: 'second' });
  await octokit.rest.pulls.createReview({
    ...pull,
    event: 'COMMENT',
    comments: [{ path: 'skills/b/qna.yaml', line: 1, body: 'why?' }],
  });
  const [ours] = (await octokit.rest.pulls.listReviewComments(pull)).data;
  github.people.reply({ ...name, by: 'ann', to: ours?.id ?? 0, body: 'because' });
  github.people.resolveThread({ ...name, of: ours?.id ?? 0 });
  await github.people.addLabel({ ...name, by: 'tom', label: 'skill' });
  await github.people.removeLabel({ ...name, by: 'mara', label: 'skill' });
  const data = await octokit.graphql<{ repository: { pullRequest: object } }>(
    `query ($owner: String!, $repo: String!, $number: Int!) {
      repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
        title isDraft state headRefOid baseRefName
        comments(first: 10) { nodes { body author { __typename login } editor { login } lastEditedAt } }
        reviewThreads(first: 10) { nodes { isResolved isOutdated comments(first: 10) { nodes { body author { login } } } } }
        timelineItems(first: 10, itemTypes: [LABELED_EVENT, UNLABELED_EVENT]) { nodes {
          __typename ... on LabeledEvent { actor { login } label { name } } ... on UnlabeledEvent { actor { login } label { name } }
        } }
      } }
    }`,
    { ...inRepository, number },
  );
  expect(data.repository.pullRequest).toMatchObject({
    title: 'Add a skill',
    state: 'OPEN',
    headRefOid: head(),
    comments: { nodes: [{ body: 'second', author: { __typename: 'User', login: 'ann' }, editor: { login: 'mara' } }] },
    // A bot's login goes without `[bot]` here.
    reviewThreads: {
      nodes: [
        {
          isResolved: true,
          isOutdated: false,
          comments: { nodes: [{ body: 'why?', author: { login: github.app.slug } }, { body: 'because' }] },
        },
      ],
    },
    timelineItems: {
      nodes: [
        { __typename: 'LabeledEvent', actor: { login: 'tom' }, label: { name: 'skill' } },
        { __typename: 'UnlabeledEvent', actor: { login: 'mara' } },
      ],
    },
  });
  github.assertClean();
});

test('pages have cursors; without a size there is no page', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { name, number } = await openPullRequest(github);
  for (const body of ['a', 'b', 'c']) await github.people.comment({ ...name, by: 'ann', body });
  type Page = {
    repository: {
      pullRequest: { comments: { nodes: { body: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
    };
  };
  const read = (size: string, after: string | null) =>
    octokit.graphql<Page>(
      `query ($owner: String!, $repo: String!, $number: Int!, $after: String) { repository(owner: $owner, name: $repo) {
        pullRequest(number: $number) { comments(${size} after: $after) { nodes { body } pageInfo { hasNextPage endCursor } } } } }`,
      { ...inRepository, number, after },
    );
  const first = (await read('first: 2,', null)).repository.pullRequest.comments;
  expect([first.nodes.map(({ body }) => body), first.pageInfo.hasNextPage]).toEqual([['a', 'b'], true]);
  const second = (await read('first: 2,', first.pageInfo.endCursor)).repository.pullRequest.comments;
  expect([second.nodes.map(({ body }) => body), second.pageInfo.hasNextPage]).toEqual([['c'], false]);
  await expect(read('', null)).rejects.toThrow('You must provide a `first` or `last` value');
  await expect(read('first: 101,', null)).rejects.toThrow('limit of 100');
  github.assertClean();
});

test('a comment is minimized, and a gone id spoils only itself', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { pull, number } = await openPullRequest(github);
  await octokit.rest.pulls.createReview({
    ...pull,
    event: 'COMMENT',
    comments: [{ path: 'skills/b/qna.yaml', line: 1, body: 'old' }],
  });
  const [comment] = (await octokit.rest.pulls.listReviewComments(pull)).data;
  const id = comment?.node_id ?? '';
  await octokit.graphql(
    'mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized minimizedReason } } }',
    { id },
  );
  expect(github.view(repository, number).reviews[0]?.comments[0]?.minimized).toBe('outdated');
  const nodes = octokit.graphql(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on PullRequestReviewComment { isMinimized } } }',
    {
      ids: [id, 'IC_0000000000'],
    },
  );
  const error: unknown = await nodes.catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    data: { nodes: [{ id, isMinimized: true }, null] },
    errors: [{ type: 'NOT_FOUND', path: ['nodes', 1] }],
  });
  github.assertClean();
});

test('what the schema does not know, and what we do not serve, fails loudly', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  await expect(octokit.graphql('{ repository(owner: "instruct", name: "taxonomy") { nonsense } }')).rejects.toThrow(
    'Cannot query field',
  );
  expect(() => github.assertClean()).toThrow('nonsense');
  github.violations.length = 0;
  await expect(octokit.graphql('{ repository(owner: "instruct", name: "taxonomy") { diskUsage } }')).rejects.toThrow(
    'does not serve',
  );
  expect(() => github.assertClean()).toThrow('Repository.diskUsage');
  github.violations.length = 0;
  await expect(octokit.graphql('{ repository(owner: "instruct", name: "nothing") { id } }')).rejects.toThrow(
    'Could not resolve',
  );
  github.assertClean();
  github.fault({ path: '/graphql', respond: { status: 502 } });
  expect(await refused(octokit.graphql('{ viewer { login } }'))).toMatchObject({ status: 502 });
});
