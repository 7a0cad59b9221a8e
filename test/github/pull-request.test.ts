import { expect, test, vi } from 'vitest';
import { Gone } from '../../src/core/trouble.ts';
import { withinBudget } from '../../src/github/changes.ts';
import { leaf, load, name, world } from './world.ts';

const text = (content: Uint8Array): string => Buffer.from(content).toString('utf8');

test('a pull request from a fork is read with the bytes of what matters, in five calls', async () => {
  await using here = await world({ files: { [leaf]: 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n', 'docs/notes.md': 'old\n' } });
  const { github, port } = here;
  const ref = await here.open({
    [leaf]: 'a\nb\nC\nd\ne\nf\ng\nh\ni\nj\nk\n',
    'compositional_skills/writing/rhymes/attribution.txt': 'Title: x\r\n',
    'docs/notes.md': 'new\n',
  });
  const before = port.counts().reads;
  const pullRequest = await load(port, ref);

  expect(port.counts()).toEqual({ reads: before + 5, unchanged: 0, writes: 0 });
  expect(pullRequest).toMatchObject({
    ...ref,
    title: 'Add rhymes',
    author: { login: 'ann', isBot: false },
    state: 'open',
    isDraft: false,
    baseRef: 'main',
  });
  expect(pullRequest.incomplete).toBeUndefined();
  const files = new Map(pullRequest.files.map(file => [file.path, file]));
  expect([...files.keys()].sort()).toEqual([
    'compositional_skills/writing/rhymes/attribution.txt',
    leaf,
    'docs/notes.md',
  ]);
  const changed = files.get(leaf);
  expect(changed).toMatchObject({ status: 'modified', content: { type: 'bytes' } });
  expect(changed?.content?.type === 'bytes' && text(changed.content.bytes)).toContain('\nC\n');
  expect(changed?.diffLines).toEqual([
    { start: 1, end: 6 },
    { start: 8, end: 11 },
  ]);
  const attribution = files.get('compositional_skills/writing/rhymes/attribution.txt')?.content;
  expect(attribution?.type === 'bytes' && text(attribution.bytes)).toBe('Title: x\r\n');
  expect(files.get('docs/notes.md')?.content).toBeUndefined();
  github.assertClean();
});

test('the branch that it comes from is known as long as its fork is there', async () => {
  await using here = await world();
  const ref = await here.open({ [leaf]: 'new\n' });
  const { head } = await load(here.port, ref);
  expect(head).toEqual({ repository: { owner: 'ann', name: 'taxonomy' }, branch: expect.any(String) });
  here.people.deleteFork({ repository: name, number: ref.number });
  expect((await load(here.port, ref)).head).toBeUndefined();
});

test('trust comes from the tip of the base branch, changes from the merge base', async () => {
  await using here = await world();
  const ref = await here.open({ [leaf]: 'new\n' });
  const first = await load(here.port, ref);
  const tip = await here.people.pushToBranch({
    repository: name,
    by: 'mara',
    files: { 'knowledge/b/qna.yaml': 'x\n' },
  });
  const second = await load(here.port, ref);

  expect(second.baseSha).toBe(tip);
  expect(second.mergeBaseSha).toBe(first.baseSha);
  expect(second.files.map(({ path }) => path)).toEqual([leaf]);
  here.github.assertClean();
});

test('symlinks, submodules, removed, renamed and too large files are told apart', async () => {
  const long = 'line\n'.repeat(40);
  await using here = await world({
    files: { 'knowledge/old/qna.yaml': long, 'knowledge/gone/qna.yaml': 'gone\n', [leaf]: 'x\n' },
  });
  const ref = await here.open({
    'knowledge/old/qna.yaml': null,
    'knowledge/new/qna.yaml': long,
    'knowledge/gone/qna.yaml': null,
    [leaf]: { mode: '120000', content: '/etc/passwd' },
    'knowledge/linked': { mode: '120000', content: '../docs' },
    'knowledge/module': { mode: '160000', sha: '1'.repeat(40) },
    'knowledge/huge/qna.yaml': 'x'.repeat(1_000_001),
    'knowledge/plain.txt': 'hello',
  });
  const { files, incomplete } = await load(here.port, ref);
  const found = new Map(files.map(file => [file.path, file]));

  expect(incomplete).toBeUndefined();
  expect(found.get(leaf)?.content).toEqual({ type: 'symlink' });
  expect(found.get('knowledge/linked')?.content).toEqual({ type: 'symlink' });
  expect(found.get('knowledge/module')).toMatchObject({ content: { type: 'submodule' }, blobSha: '' });
  expect(found.get('knowledge/huge/qna.yaml')?.content).toEqual({ type: 'too-large', size: 1_000_001 });
  expect(found.get('knowledge/gone/qna.yaml')).toMatchObject({ status: 'removed', blobSha: '' });
  expect(found.get('knowledge/gone/qna.yaml')?.content).toBeUndefined();
  expect(found.get('knowledge/new/qna.yaml')).toMatchObject({
    status: 'renamed',
    previousPath: 'knowledge/old/qna.yaml',
    content: { type: 'bytes' },
  });
  expect(found.get('knowledge/plain.txt')?.content).toBeUndefined();
  here.github.assertClean();
});

test('odd paths survive as they are', async () => {
  await using here = await world();
  const paths = [
    'knowledge/a b/qna.yaml',
    'knowledge/ü"\\\t/qna.yaml',
    'knowledge/#?%20&/qna.yaml',
    'knowledge/$p0/qna.yaml',
  ];
  const ref = await here.open(Object.fromEntries(paths.map(path => [path, `${path}\n`])));
  const { files } = await load(here.port, ref);

  expect(files.map(({ path }) => path).sort()).toEqual(paths.toSorted());
  for (const { path, content } of files) expect(content?.type === 'bytes' && text(content.bytes)).toBe(`${path}\n`);
  here.github.assertClean();
});

test('a file without a patch has no lines to comment on', async () => {
  await using here = await world();
  const ref = await here.open({ [leaf]: new Uint8Array([0, 1, 2, 3]) });
  const [file] = (await load(here.port, ref)).files;

  expect(file?.content).toEqual({ type: 'bytes', bytes: new Uint8Array([0, 1, 2, 3]) });
  expect(file?.diffLines).toBeUndefined();
});

test('more than 300 files are listed page by page', async () => {
  await using here = await world();
  const paths = Array.from({ length: 320 }, (_, index) => `knowledge/n${index}/qna.yaml`);
  const ref = await here.open(Object.fromEntries(paths.map(path => [path, `of ${path}\n`])));
  const { files, incomplete } = await load(here.port, ref);

  expect(incomplete).toBeUndefined();
  expect(files.map(({ path }) => path).sort()).toEqual(paths.toSorted());
  expect(files.every(({ content }) => content?.type === 'bytes')).toBe(true);
  here.github.assertClean();
});

test('a list that GitHub cuts is called incomplete', async () => {
  await using here = await world({ limits: { files: 310 } });
  const paths = Array.from({ length: 330 }, (_, index) => `docs/n${index}.md`);
  const ref = await here.open(Object.fromEntries(paths.map(path => [path, `${path}\n`])));

  expect((await load(here.port, ref)).incomplete).toContain('310 of 330 changed files');
});

test('a push while the files are listed is noticed', async () => {
  await using here = await world();
  const paths = Array.from({ length: 320 }, (_, index) => `docs/n${index}.md`);
  const ref = await here.open(Object.fromEntries(paths.map(path => [path, `${path}\n`])));
  const stop = here.github.on('before', async ({ path }) => {
    if (!path.includes('/files?')) return;
    stop();
    await here.people.push({ repository: name, number: ref.number, files: { 'docs/late.md': 'late\n' } });
  });

  await expect(here.port.loadPullRequest(ref)).rejects.toThrow('head moved');
});

test('a push after the first call does not mix two heads', async () => {
  await using here = await world();
  const ref = await here.open({ [leaf]: 'first\n' });
  const { headSha } = (await here.port.loadHead(ref)) ?? {};
  const stop = here.github.on('after', async ({ path }) => {
    if (!path.endsWith(`/pulls/${ref.number}`)) return;
    stop();
    await here.people.push({ repository: name, number: ref.number, files: { [leaf]: 'second\n' } });
  });
  const pullRequest = await load(here.port, ref);

  expect(pullRequest.headSha).toBe(headSha);
  const content = pullRequest.files[0]?.content;
  expect(content?.type === 'bytes' && text(content.bytes)).toBe('first\n');
});

test('closed, missing and foreign pull requests', async () => {
  await using here = await world();
  const ref = await here.open({ [leaf]: 'x\n' });
  await here.people.close({ repository: name, number: ref.number, by: 'ann' });

  expect(await here.port.loadHead(ref)).toMatchObject({ state: 'closed' });
  expect(await here.port.loadPullRequest(ref)).toMatchObject({ state: 'closed', files: [] });
  expect(await here.port.loadPullRequest(here.ref(99))).toBeUndefined();
  // Another repository took the name: its #1 is not ours.
  const foreign = { ...ref, repository: { ...ref.repository, id: ref.repository.id + 1 } };
  expect(await here.port.loadPullRequest(foreign)).toBeUndefined();
  expect(await here.port.loadHead(foreign)).toBeUndefined();
});

test('an uninstalled or suspended App is gone, though its token looks valid for an hour', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    await using here = await world();
    const ref = await here.open({ [leaf]: 'x\n' });
    await here.port.loadHead(ref);
    // Octokit takes a refusal in the first seconds of a token for a lagging replica.
    vi.setSystemTime(Date.now() + 10_000);
    await here.github.suspend('instruct');
    await expect(here.port.loadComments(ref)).rejects.toBeInstanceOf(Gone);
    await here.github.unsuspend('instruct');
    await here.port.loadComments(ref);
    await here.github.uninstall('instruct');
    await expect(here.port.loadComments(ref)).rejects.toBeInstanceOf(Gone);
    await expect(here.port.loadPolicy(here.repository, 'main')).rejects.toBeInstanceOf(Gone);
  } finally {
    vi.useRealTimers();
  }
});

test('open pull requests, and those with a head, forks too', async () => {
  await using here = await world();
  const first = await here.open({ [leaf]: 'x\n' });
  const second = await here.open({ 'docs/a.md': 'x\n' }, false);
  const third = await here.open({ 'docs/b.md': 'x\n' });
  await here.people.close({ repository: name, number: third.number, by: 'ann' });
  const open = await here.port.listOpenPullRequests(here.repository);

  expect(open.map(({ number }) => number)).toEqual([first.number, second.number]);
  const [head] = open;
  expect(await here.port.findPullRequests(here.repository, head?.headSha ?? '')).toEqual([first.number]);
  expect(await here.port.findPullRequests(here.repository, '0'.repeat(40))).toEqual([]);
  here.github.assertClean();
});

test('what a merge queue would merge', async () => {
  await using here = await world();
  const ref = await here.open({ [leaf]: 'x\n', 'knowledge/science/qna.yaml': 'changed\n' });
  const { baseSha } = await load(here.port, ref);
  const { sha } = await here.people.enqueue({ repository: name, number: ref.number, by: 'mara' });
  const { files, incomplete } = await here.port.loadChanges(here.repository, baseSha, sha);

  expect(incomplete).toBeUndefined();
  expect(files.map(({ path, status, content }) => [path, status, content?.type])).toEqual([
    [leaf, 'added', 'bytes'],
    ['knowledge/science/qna.yaml', 'modified', 'bytes'],
  ]);
  here.github.assertClean();
});

test('a branch without common history is told, not tried for ever', async () => {
  await using here = await world();
  const ref = await here.open({ [leaf]: 'x\n' });
  const path = /\/compare\//;
  here.github.fault({ path, respond: { status: 404, message: 'No common ancestor between a and b.' } });
  expect(await here.port.loadPullRequest(ref)).toMatchObject({
    files: [],
    incomplete: expect.stringContaining('no history in common'),
  });
  // A commit that GitHub does not show yet is another matter.
  here.github.fault({ path, respond: { status: 404, message: 'Not Found' } });
  await expect(here.port.loadPullRequest(ref)).rejects.toThrow('cannot be seen yet');
});

test('the bytes held at once are bounded', () => {
  const file = { type: 'file', size: 900_000 } as const;
  const paths = Array.from({ length: 100 }, (_, index) => `knowledge/n${index}/qna.yaml`);
  const entries = new Map(paths.map((path, index) => [path, { ...file, sha: String(index) }]));
  const { readable, isTooMuch } = withinBudget(paths, entries);
  expect(isTooMuch).toBe(true);
  expect(readable).toHaveLength(71);
  expect(withinBudget(paths.slice(0, 71), entries).isTooMuch).toBe(false);
});

test('a merge group that is too large to compare is called incomplete', async () => {
  await using here = await world({ limits: { treeEntries: 400 } });
  const paths = Array.from({ length: 320 }, (_, index) => `docs/n${index}/a.md`);
  const ref = await here.open(Object.fromEntries(paths.map(path => [path, `${path}\n`])));
  const { baseSha, headSha } = await load(here.port, ref);
  expect((await here.port.loadChanges(here.repository, baseSha, headSha)).incomplete).toContain('first 300');
});

test('a merge group beyond 300 files is compared tree by tree', async () => {
  await using here = await world({ files: { 'knowledge/old/qna.yaml': 'old\n', [leaf]: 'same\n' } });
  const paths = Array.from({ length: 320 }, (_, index) => `knowledge/n${index}/qna.yaml`);
  const ref = await here.open({
    ...Object.fromEntries(paths.map(path => [path, `${path}\n`])),
    'knowledge/old/qna.yaml': null,
  });
  const { baseSha, headSha } = await load(here.port, ref);
  const { files, incomplete } = await here.port.loadChanges(here.repository, baseSha, headSha);

  expect(incomplete).toBeUndefined();
  expect(files).toHaveLength(321);
  expect(files.filter(({ status }) => status === 'removed').map(({ path }) => path)).toEqual([
    'knowledge/old/qna.yaml',
  ]);
});

test('its own commits come with the comparison, without a call more: who signed off, merges, accounts', async () => {
  await using here = await world();
  const ref = await here.open({ [leaf]: 'one\n' });
  await here.people.push({ repository: name, number: ref.number, files: { [leaf]: '1\n' }, unsigned: true });
  const signed = 'Add a rhyme\n\nMore words.\n\nSigned-off-by: ann <ann@users.noreply.github.com>\n';
  await here.people.push({ repository: name, number: ref.number, files: { [leaf]: 'two\n' }, message: signed });
  const before = here.port.counts().reads;
  const { commits } = await load(here.port, ref);

  expect(here.port.counts().reads - before).toBeLessThanOrEqual(5);
  expect(commits).toMatchObject({
    total: 3,
    listed: [
      { subject: 'Add rhymes', signOff: 'own', authorLogin: 'ann', isMerge: false, isByBot: false },
      { subject: 'Update files', signOff: 'none', authorLogin: 'ann', isMerge: false, isByBot: false },
      { subject: 'Add a rhyme', signOff: 'own', authorLogin: 'ann', isMerge: false, isByBot: false },
    ],
  });
  here.github.assertClean();
});

test('a long history is read a hundred commits a call, and told to be longer beyond 300', async () => {
  await using here = await world();
  const ref = await here.open({ [leaf]: 'one\n' });
  for (let index = 0; index < 319; index++)
    await here.people.push({ repository: name, number: ref.number, files: { [leaf]: `${index}\n` } });
  const before = here.port.counts().reads;
  const { commits } = await load(here.port, ref);

  expect(here.port.counts().reads - before).toBeLessThanOrEqual(7);
  expect(commits?.total).toBe(320);
  expect(commits?.listed).toHaveLength(300);
  expect(new Set(commits?.listed.map(({ sha }) => sha)).size).toBe(300);
});
