import { expect, test } from 'vitest';
import { leaf, name, world } from './world.ts';

const shaOf = (here: Awaited<ReturnType<typeof world>>): string =>
  here.github.repository(name).branches.get('main') ?? '';

test('the taxonomy is the files under its folders', async () => {
  await using here = await world({
    files: {
      [leaf]: 'a\n',
      'knowledge/b/qna.yaml': 'b\n',
      'foundational_skills/c/qna.yaml': 'c\n',
      'docs/qna.yaml': 'd\n',
      'other/knowledge/qna.yaml': 'e\n',
    },
  });
  await here.people.pushToBranch({
    repository: name,
    by: 'mara',
    files: {
      'knowledge/link': { mode: '120000', content: 'b' },
      'knowledge/module': { mode: '160000', sha: '1'.repeat(40) },
      compositional_skillset: 'a file whose name begins like a folder',
    },
  });
  const taxonomy = await here.port.loadTaxonomy(here.repository, shaOf(here));

  expect(taxonomy.sha).toBe(shaOf(here));
  expect([...taxonomy.files.keys()].sort()).toEqual([leaf, 'foundational_skills/c/qna.yaml', 'knowledge/b/qna.yaml']);
  const blobs = await here.port.loadBlobs(here.repository, [...taxonomy.files.values()]);
  expect(Buffer.from(blobs.get(taxonomy.files.get(leaf) ?? '') ?? []).toString()).toBe('a\n');
  expect(here.port.counts().reads).toBe(5);
  here.github.assertClean();
});

test('where GitHub cuts the list, it is read folder by folder', async () => {
  const paths = Array.from({ length: 6 }, (_, index) => `knowledge/f${index % 3}/g${index}/qna.yaml`);
  await using here = await world({
    files: Object.fromEntries(paths.map(path => [path, `${path}\n`])),
    limits: { treeEntries: 5 },
  });
  const taxonomy = await here.port.loadTaxonomy(here.repository, shaOf(here));
  expect([...taxonomy.files.keys()].sort()).toEqual(paths.toSorted());
});

test('a folder that cannot be listed whole says nothing', async () => {
  const paths = Array.from({ length: 6 }, (_, index) => `knowledge/g${index}/qna.yaml`);
  await using here = await world({
    files: Object.fromEntries(paths.map(path => [path, 'x\n'])),
    limits: { treeEntries: 5 },
  });
  await expect(here.port.loadTaxonomy(here.repository, shaOf(here))).rejects.toThrow('cuts the list');
});

test('a repository without the folders has an empty taxonomy', async () => {
  await using here = await world({ files: { 'src/main.c': 'x\n', knowledge: 'a file\n' } });
  expect((await here.port.loadTaxonomy(here.repository, shaOf(here))).files.size).toBe(0);
});

test('the policy is read at the commit that is asked for', async () => {
  await using here = await world();
  const without = shaOf(here);
  const policy = 'mode: observe # größer\n';
  const sha = await here.people.pushToBranch({ repository: name, by: 'mara', files: { '.github/assay.yml': policy } });

  expect(await here.port.loadPolicy(here.repository, without)).toBeUndefined();
  expect(await here.port.loadPolicy(here.repository, sha)).toBe(policy);
  const folder = await here.people.pushToBranch({
    repository: name,
    by: 'mara',
    files: { '.github/assay.yml': null, '.github/assay.yml/a': 'x' },
  });
  expect(await here.port.loadPolicy(here.repository, folder)).toBeUndefined();
  here.github.assertClean();
});
