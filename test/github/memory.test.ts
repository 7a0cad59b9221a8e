import { expect, test } from 'vitest';
import { githubFor } from '../../src/github/github.ts';
import { createMemory } from '../../src/github/memory.ts';
import { world } from './world.ts';

test('what stands at a commit is asked for once by all reviews of a process, and a failure is not kept', async () => {
  await using here = await world({
    files: { 'knowledge/science/qna.yaml': 'version: 3\n', '.github/assay.yml': 'mode: active\n' },
  });
  const memory = createMemory();
  const port = () => githubFor(here.connection, here.installation.id, here.identity, memory);
  const sha = here.github.repository('instruct/taxonomy').branches.get('main') ?? '';
  const ask = async () => ({
    taxonomy: await port().loadTaxonomy(here.repository, sha),
    policy: await port().loadPolicy(here.repository, sha),
    installedAt: await port().installedAt(),
  });

  here.github.fault({ path: /git\/trees/, times: 3, respond: { status: 502 } });
  await expect(port().loadTaxonomy(here.repository, sha)).rejects.toThrow('502');
  const first = await ask();
  expect([...first.taxonomy.files.keys()]).toEqual(['knowledge/science/qna.yaml']);

  const before = here.requests().length;
  expect(await ask()).toEqual(first);
  expect(here.requests()).toHaveLength(before);

  const another = await here.people.pushToBranch({
    repository: 'instruct/taxonomy',
    by: 'ada',
    files: { '.github/assay.yml': null },
  });
  expect(await port().loadPolicy(here.repository, another)).toBeUndefined();
  expect(await port().loadPolicy(here.repository, another)).toBeUndefined();
  expect(here.requests().filter(request => request.includes(another))).toHaveLength(2);
});

test('only the last few taxonomies are kept', async () => {
  const { taxonomies } = createMemory();
  const asked: string[] = [];
  const ask = (sha: string) =>
    taxonomies(sha, async () => {
      asked.push(sha);
      return { sha, files: new Map() };
    });
  for (let index = 0; index < 20; index++) await Promise.all([ask(`commit ${index}`), ask(`commit ${index}`)]);
  expect(asked).toHaveLength(20);
  await ask('commit 19');
  expect(asked).toHaveLength(20);
  await ask('commit 0');
  expect(asked).toHaveLength(21);
});
