import { expect, test } from 'vitest';
import { inRepository, repository, simulate } from './simulation.ts';

test('everything the App reads and writes', async () => {
  await using world = await simulate();
  const { github, octokit, appOctokit } = world;
  const number = await github.people.openPullRequest({
    repository,
    author: 'ann',
    title: 'Add a skill',
    body: 'Hello',
    fork: true,
    files: { 'skills/b/qna.yaml': 'a\nb\n', 'skills/a/qna.yaml': 'one\n2\nthree\n' },
  });
  const issue = { ...inRepository, issue_number: number };
  const pull = { ...inRepository, pull_number: number };
  await appOctokit.rest.apps.getAuthenticated();
  await appOctokit.rest.apps.listInstallations();
  await octokit.rest.apps.listReposAccessibleToInstallation();
  await octokit.rest.repos.get(inRepository);
  const { data } = await octokit.rest.pulls.get(pull);
  await octokit.rest.pulls.list(inRepository);
  await octokit.rest.pulls.listFiles(pull);
  await octokit.rest.pulls.listCommits(pull);
  await octokit.rest.repos.getContent({ ...inRepository, path: 'skills/a/qna.yaml', ref: data.head.sha });
  await octokit.rest.repos.getContent({ ...inRepository, path: 'skills' });
  await octokit.rest.repos.getContent({ ...inRepository, path: '' });
  await octokit.rest.git.getTree({ ...inRepository, tree_sha: 'main', recursive: '1' });
  await octokit.rest.repos.getBranch({ ...inRepository, branch: 'main' });
  await octokit.rest.repos.listBranches(inRepository);
  await octokit.rest.repos.getCommit({ ...inRepository, ref: data.head.sha });
  await octokit.rest.repos.compareCommitsWithBasehead({ ...inRepository, basehead: `main...${data.head.sha}` });
  await octokit.rest.git.getRef({ ...inRepository, ref: 'heads/main' });
  const run = await octokit.rest.checks.create({
    ...inRepository,
    name: 'assay/rules',
    head_sha: data.head.sha,
    output: {
      title: 't',
      summary: 's',
      annotations: [
        { path: 'skills/b/qna.yaml', start_line: 1, end_line: 1, annotation_level: 'failure', message: 'no' },
      ],
    },
    actions: [{ label: 'Re-review', description: 'again', identifier: 're' }],
  });
  await octokit.rest.checks.update({
    ...inRepository,
    check_run_id: run.data.id,
    conclusion: 'failure',
    status: 'completed',
  });
  await octokit.rest.checks.listAnnotations({ ...inRepository, check_run_id: run.data.id });
  await octokit.rest.checks.listForRef({ ...inRepository, ref: data.head.sha });
  await octokit.rest.checks.listSuitesForRef({ ...inRepository, ref: data.head.sha });
  const comment = await octokit.rest.issues.createComment({ ...issue, body: 'Hi' });
  await octokit.rest.issues.updateComment({ ...inRepository, comment_id: comment.data.id, body: 'Hi!' });
  await octokit.rest.issues.listComments(issue);
  await octokit.rest.reactions.createForIssueComment({ ...inRepository, comment_id: comment.data.id, content: 'eyes' });
  await octokit.rest.reactions.listForIssueComment({ ...inRepository, comment_id: comment.data.id });
  await octokit.rest.issues.addLabels({ ...issue, labels: ['skill', 'triage-needed'] });
  await octokit.rest.issues.removeLabel({ ...issue, name: 'skill' });
  await octokit.rest.issues.listEvents(issue);
  await octokit.rest.issues.listEventsForTimeline(issue);
  await octokit.rest.pulls.createReview({
    ...pull,
    event: 'COMMENT',
    body: '',
    commit_id: data.head.sha,
    comments: [{ path: 'skills/b/qna.yaml', line: 2, body: 'here' }],
  });
  await octokit.rest.pulls.listReviews(pull);
  await octokit.rest.pulls.listReviewComments(pull);
  await octokit.rest.repos.getCollaboratorPermissionLevel({ ...inRepository, username: 'mara' });
  await octokit.rest.rateLimit.get();
  await octokit.rest.meta.get();
  await octokit.graphql(
    `query($owner:String!,$repo:String!,$n:Int!){repository(owner:$owner,name:$repo){ a: object(expression:"main:skills/a/qna.yaml"){... on Blob{oid text byteSize isBinary isTruncated}} pullRequest(number:$n){title body author{login} isDraft state headRefOid baseRefName baseRefOid createdAt labels(first:10){nodes{name}} comments(first:10){nodes{id body editor{login}}} reviews(first:10){nodes{state comments(first:5){nodes{body}}}} reviewThreads(first:10){nodes{isResolved comments(first:1){nodes{id body}}}} timelineItems(first:10,itemTypes:[LABELED_EVENT,UNLABELED_EVENT]){nodes{__typename ... on LabeledEvent{createdAt actor{login} label{name}} ... on UnlabeledEvent{label{name}}}}}}}`,
    { owner: 'instruct', repo: 'taxonomy', n: number },
  );
  await github.people.comment({ repository, number, by: 'mara', body: '/assay help' });
  await github.people.push({ repository, number, files: { 'skills/b/qna.yaml': 'a\nb\nc\n' } });
  await github.people.addLabel({ repository, number, by: 'mara', label: 'x' });
  await github.people.retarget({ repository, number, by: 'mara', base: 'main' });
  await github.people.rerunSuite({ repository, number, by: 'ann' });
  await github.people.enqueue({ repository, number, by: 'mara' });
  await github.people.merge({ repository, number, by: 'mara' });
  github.assertClean();
  expect(github.webhooks.sent.length).toBeGreaterThan(5);
});
