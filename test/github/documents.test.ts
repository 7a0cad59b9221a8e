import { describe, expect, test } from 'vitest';
import type { SourceRef } from '../../src/ports.ts';
import type { FileChange } from '../simulator/git-store.ts';
import { world } from './world.ts';

const text = 'The lamp was lit every evening.\n';
const files: Readonly<Record<string, FileChange>> = {
  'guide/lamps.md': text,
  'guide/latin.md': Uint8Array.from([0xe9, 0x0a]),
  'link.md': { mode: '120000', content: 'guide/lamps.md' },
};

/** A GitHub where `sea/lighthouses` stands, without the App, and a commit of it. */
async function withRepository(
  options: { readonly isPrivate?: boolean; readonly licence?: string; readonly treeEntries?: number } = {},
) {
  const { isPrivate = false, licence, treeEntries } = options;
  const at = await world(treeEntries === undefined ? {} : { limits: { treeEntries } });
  const created = at.github.createRepository({
    name: 'sea/lighthouses',
    files,
    private: isPrivate,
    ...(licence !== undefined && { licence }),
  });
  const commit = created.branches.get('main') ?? '';
  const ref: SourceRef = { owner: 'sea', name: 'lighthouses', commit };
  const before = at.requests().length;
  return {
    ...at,
    created,
    commit,
    source: ref,
    asked: () => at.requests().slice(before),
    [Symbol.asyncDispose]: at[Symbol.asyncDispose],
  };
}

describe('the repository of a document', () => {
  test('is found with its files, where the App is not installed', async () => {
    await using at = await withRepository({ licence: 'MIT' });
    const found = await at.port.documents.find(at.source);
    if (found.type !== 'source') throw new Error(found.type);
    expect(found.source).toMatchObject({ isOnDefaultBranch: true, licence: { type: 'known', id: 'MIT' } });
    expect([...found.source.files.keys()]).toEqual(['README.md', 'guide/lamps.md', 'guide/latin.md']);

    const shas = [...found.source.files.values()].map(({ sha }) => sha);
    const texts = await at.port.documents.loadTexts(at.source, shas);
    expect([...texts.values()]).toEqual(['# lighthouses\n', text]);
  });

  test('costs three calls, and one when it is looked up again', async () => {
    await using at = await withRepository();
    await at.port.documents.find(at.source);
    expect(at.asked()).toEqual([
      'GET /repos/sea/lighthouses',
      `GET /repos/sea/lighthouses/compare/main...${at.commit}?per_page=1`,
      `GET /repos/sea/lighthouses/git/trees/${at.commit}?recursive=1`,
    ]);
    await at.port.documents.find(at.source);
    expect(at.asked().slice(3)).toEqual(['GET /repos/sea/lighthouses']);
  });

  test('says what GitHub knows of the licence', async () => {
    for (const [licence, told] of [
      [undefined, { type: 'none' }],
      ['NOASSERTION', { type: 'other' }],
    ] as const) {
      await using at = await withRepository(licence === undefined ? {} : { licence });
      expect(await at.port.documents.find(at.source)).toMatchObject({ source: { licence: told } });
    }
  });

  test('is not seen when it is private, also where the App may read it', async () => {
    await using at = await withRepository({ isPrivate: true });
    expect(await at.port.documents.find(at.source)).toEqual({ type: 'unseen' });
    await at.github.install('sea');
    expect(await at.port.documents.find(at.source)).toEqual({ type: 'unseen' });
  });

  test('is not seen any more once it became private, although its commit is kept', async () => {
    await using at = await withRepository();
    expect(await at.port.documents.find(at.source)).toMatchObject({ type: 'source' });
    at.created.private = true;
    expect(await at.port.documents.find(at.source)).toEqual({ type: 'unseen' });
  });

  test('is not followed when it has moved', async () => {
    await using at = await withRepository();
    at.github.rename('sea/lighthouses', 'towers');
    expect(await at.port.documents.find(at.source)).toEqual({ type: 'moved' });
    expect(at.asked()).toEqual(['GET /repos/sea/lighthouses']);
  });

  test('is not seen when nobody has it', async () => {
    await using at = await withRepository();
    expect(await at.port.documents.find({ ...at.source, name: 'towers' })).toEqual({ type: 'unseen' });
  });

  test('has no such commit', async () => {
    await using at = await withRepository();
    expect(await at.port.documents.find({ ...at.source, commit: 'a'.repeat(40) })).toEqual({ type: 'commit-unseen' });
  });

  test('shows a commit of a fork, which is not on its default branch', async () => {
    await using at = await withRepository();
    const number = await at.people.openPullRequest({
      repository: 'sea/lighthouses',
      author: 'ann',
      title: 'Mine',
      fork: true,
      files: { 'guide/lamps.md': 'What I want it to say.\n' },
    });
    const commit = at.github.pullRequest('sea/lighthouses', number).head.sha;
    expect(await at.port.documents.find({ ...at.source, commit })).toMatchObject({
      type: 'source',
      source: { isOnDefaultBranch: false },
    });
  });

  test('is not looked through when GitHub cuts the list of its files', async () => {
    await using at = await withRepository({ treeEntries: 2 });
    expect(await at.port.documents.find(at.source)).toMatchObject({ type: 'not-looked-up', severity: 'question' });
  });

  test('names in any case of letters are the same', async () => {
    await using at = await withRepository();
    expect(await at.port.documents.find({ ...at.source, owner: 'SEA' })).toMatchObject({ type: 'source' });
  });
});
