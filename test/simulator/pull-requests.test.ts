import { expect, test } from 'vitest';
import { inRepository, openPullRequest, refused, repository, simulate } from './simulation.ts';

test('the files of a pull request: states, links, symlinks and submodules', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { pull } = await openPullRequest(github, {
    files: {
      'skills/a/qna.yaml': null,
      'skills/moved/qna.yaml': 'one\ntwo\nthree\n',
      'README.md': '# Taxonomy\n',
      'bin.dat': new Uint8Array([0, 1]),
      link: { mode: '120000', content: '/etc/passwd' },
      module: { mode: '160000', sha: 'a'.repeat(40) },
      'odd/../name with\ttab': 'x\n',
    },
  });
  const { data } = await octokit.rest.pulls.listFiles(pull);
  expect(data.map(({ status, filename, patch }) => [status, filename, patch !== undefined])).toEqual([
    ['modified', 'README.md', true],
    ['added', 'bin.dat', false],
    ['added', 'link', true],
    ['added', 'module', true],
    ['added', 'odd/../name with\ttab', true],
    ['renamed', 'skills/moved/qna.yaml', false],
  ]);
  expect(data[5]).toMatchObject({ previous_filename: 'skills/a/qna.yaml', changes: 0 });
  github.assertClean();
});

test('lists come in pages, and end at 3,000 files and 250 commits', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const files = Object.fromEntries(
    Array.from({ length: 3010 }, (_, index) => [`skills/n${index}/qna.yaml`, `${index}\n`]),
  );
  const { pull, name } = await openPullRequest(github, { files });
  const first = await octokit.rest.pulls.listFiles({ ...pull, per_page: 100 });
  expect(first.data).toHaveLength(100);
  expect(first.headers.link).toMatch(/page=2>; rel="next".*page=30>; rel="last"/);
  expect(await octokit.paginate(octokit.rest.pulls.listFiles, { ...pull, per_page: 100 })).toHaveLength(3000);
  expect((await octokit.rest.pulls.get(pull)).data.changed_files).toBe(3010);
  for (let index = 0; index < 4; index++) await github.people.push({ ...name, files: { x: String(index) } });
  github.assertClean();

  await using small = await simulate({ limits: { commits: 2 } });
  const other = await openPullRequest(small.github);
  for (const text of ['a', 'b']) await small.github.people.push({ ...other.name, files: { x: text } });
  expect((await small.octokit.rest.pulls.listCommits(other.pull)).data).toHaveLength(2);
  expect((await small.octokit.rest.pulls.get(other.pull)).data.commits).toBe(3);
});

test("a fork's commit is read from the base repository, by its hash", async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { pull, head } = await openPullRequest(github, { fork: true });
  const { data } = await octokit.rest.pulls.get(pull);
  expect(data.head).toMatchObject({ label: 'ann:patch-1', repo: { full_name: 'ann/taxonomy', fork: true } });
  const file = await octokit.rest.repos.getContent({ ...inRepository, path: 'skills/b/qna.yaml', ref: head() });
  expect(file.data).toMatchObject({
    type: 'file',
    encoding: 'base64',
    content: Buffer.from('alpha\nbeta\ngamma\n').toString('base64'),
  });
  expect((await octokit.rest.git.getRef({ ...inRepository, ref: 'pull/1/head' })).data.object.sha).toBe(head());
  const associated = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
    ...inRepository,
    commit_sha: head(),
  });
  expect(associated.data).toEqual([]);
  const compared = await octokit.rest.repos.compareCommitsWithBasehead({
    ...inRepository,
    basehead: 'main...ann:patch-1',
  });
  expect(compared.data).toMatchObject({ status: 'ahead', ahead_by: 1, total_commits: 1 });
  github.people.deleteFork({ repository, number: 1 });
  expect((await octokit.rest.pulls.get(pull)).data.head.repo).toBeNull();
  github.assertClean();
});

test('the diff is that of merge base and head, and `base.sha` goes stale', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { pull, name } = await openPullRequest(github);
  const before = (await octokit.rest.pulls.get(pull)).data.base.sha;
  const tip = await github.people.pushToBranch({ repository, by: 'mara', files: { 'other.md': 'x\n' } });
  const after = (await octokit.rest.pulls.get(pull)).data;
  expect([after.base.sha, after.changed_files, after.mergeable]).toEqual([before, 1, true]);
  await github.people.push({ ...name, files: { 'skills/b/attribution.txt': 'x\n' } });
  expect((await octokit.rest.pulls.get(pull)).data.base.sha).toBe(tip);
  github.assertClean();
});

test('closed, reopened, draft, retargeted, merged', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { pull, name } = await openPullRequest(github, { draft: true });
  const state = async () => {
    const { data } = await octokit.rest.pulls.get(pull);
    return [data.state, data.draft, data.mergeable_state, data.base.ref];
  };
  expect(await state()).toEqual(['open', true, 'draft', 'main']);
  await github.people.markReady({ ...name, by: 'ann' });
  await github.people.pushToBranch({ repository, branch: 'next', by: 'mara', files: { y: 'y\n' } });
  await github.people.retarget({ ...name, by: 'mara', base: 'next' });
  expect(await state()).toEqual(['open', false, 'clean', 'next']);
  await github.people.close({ ...name, by: 'ann' });
  await github.people.reopen({ ...name, by: 'ann' });
  await github.people.merge({ ...name, by: 'mara' });
  const { data } = await octokit.rest.pulls.get(pull);
  expect(data).toMatchObject({ merged: true, state: 'closed', changed_files: 1, merged_by: { login: 'mara' } });
  const merged = await octokit.rest.repos.getContent({ ...inRepository, path: 'skills/b/qna.yaml', ref: 'next' });
  expect(merged.status).toBe(200);
  const { data: open } = await octokit.rest.pulls.list({ ...inRepository, state: 'open' });
  expect(open).toEqual([]);
  github.assertClean();
});

test('changing one file in two ways is a conflict', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { pull, name } = await openPullRequest(github, { files: { 'skills/a/qna.yaml': 'mine\n' } });
  await github.people.pushToBranch({ repository, by: 'mara', files: { 'skills/a/qna.yaml': 'theirs\n' } });
  expect((await octokit.rest.pulls.get(pull)).data).toMatchObject({ mergeable: false, mergeable_state: 'dirty' });
  await expect(github.people.merge({ ...name, by: 'mara' })).rejects.toThrow('dirty');
});

test('contents: folders, large files, symlinks, what is not there; trees cut short', async () => {
  await using world = await simulate({ limits: { treeEntries: 3 } });
  const { github, octokit } = world;
  await github.people.pushToBranch({
    repository,
    by: 'mara',
    files: {
      big: 'x'.repeat(1_000_001),
      link: { mode: '120000', content: '/etc/passwd' },
      'deep/link': { mode: '120000', content: '../deep/er/file' },
      'deep/er/file': '1\n',
      module: { mode: '160000', sha: 'a'.repeat(40) },
    },
  });
  const get = (path: string) => octokit.rest.repos.getContent({ ...inRepository, path });
  const root = (await get('')).data as { name: string; type: string }[];
  expect(root.map(({ name, type }) => `${type} ${name}`)).toEqual([
    'file README.md',
    'file big',
    'dir deep',
    'symlink link',
    // GitHub keeps this for compatibility.
    'file module',
    'dir skills',
  ]);
  expect((await get('big')).data).toMatchObject({ encoding: 'none', content: '', size: 1_000_001 });
  expect((await get('link')).data).toMatchObject({ type: 'symlink', target: '/etc/passwd' });
  expect((await get('deep/link')).data).toMatchObject({ type: 'file', content: 'MQo=' });
  expect((await get('module')).data).toMatchObject({ type: 'submodule' });
  expect(await refused(get('nothing'))).toMatchObject({ status: 404 });
  const raw = await octokit.rest.repos.getContent({
    ...inRepository,
    path: 'deep/er/file',
    mediaType: { format: 'raw' },
  });
  expect(raw.data).toBe('1\n');
  const tree = await octokit.rest.git.getTree({ ...inRepository, tree_sha: 'main', recursive: '1' });
  expect([tree.data.truncated, tree.data.tree.length]).toEqual([true, 3]);
  const sha = github.repository(repository).git.addBlob('1\n');
  const blob = await octokit.rest.git.getBlob({ ...inRepository, file_sha: sha });
  expect(Buffer.from(blob.data.content, 'base64').toString()).toBe('1\n');
  github.assertClean();
});
