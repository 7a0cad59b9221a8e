import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { gitBlobSha } from '../../src/github/git-blob.ts';
import { world } from './world.ts';

test('the id of a blob is git’s', () => {
  // As `git hash-object` prints them.
  expect(gitBlobSha(new Uint8Array())).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
  expect(gitBlobSha(Buffer.from('hello\n'))).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
});

test('bytes arrive as they are, whatever they are', async () => {
  await using here = await world();
  const { git } = here.github.repository('instruct/taxonomy');
  const contents = [
    Buffer.from('plain\n'),
    Buffer.from('crlf\r\nand tabs\t\r\n'),
    Buffer.from('\uFEFFwith a byte order mark\n'),
    Buffer.from([0xff, 0xfe, 0x41, 0x00]),
    Buffer.from([0x61, 0xe9, 0x0a]),
    Buffer.from([0x61, 0x00, 0x0a]),
    Buffer.from('x'.repeat(600_000)),
    Buffer.alloc(0),
  ];
  const shas = contents.map(bytes => git.addBlob(bytes));
  const tooLarge = git.addBlob('y'.repeat(1_000_001));
  const found = await here.port.loadBlobs(here.repository, [...shas, tooLarge, '0'.repeat(40), 'not an id']);

  expect([...found.keys()].sort()).toEqual(shas.toSorted());
  for (const [index, sha] of shas.entries()) expect(Buffer.from(found.get(sha) ?? [])).toEqual(contents[index]);
  here.github.assertClean();
});

test('fifty blobs cost one call', async () => {
  await using here = await world();
  const { git } = here.github.repository('instruct/taxonomy');
  const shas = Array.from({ length: 120 }, (_, index) => git.addBlob(`blob ${index}\n`));
  const found = await here.port.loadBlobs(here.repository, [...shas, ...shas]);

  expect(found.size).toBe(120);
  expect(here.port.counts()).toEqual({ reads: 3, unchanged: 0, writes: 0 });
});

test('when many at once are too much for GitHub, they are read one by one', async () => {
  await using here = await world();
  const { git } = here.github.repository('instruct/taxonomy');
  const shas = ['a', 'b'].map(text => git.addBlob(text));
  here.github.fault({ path: '/graphql', times: 3, respond: { status: 502 } });

  expect((await here.port.loadBlobs(here.repository, shas)).size).toBe(2);
});

test('of files that are not UTF-8, 200 are read one by one in a look, and none twice', async () => {
  await using here = await world();
  const { git } = here.github.repository('instruct/taxonomy');
  const shas = Array.from({ length: 203 }, (_, index) => git.addBlob(Buffer.from([0xff, index])));
  const singleReads = () => here.requests().filter(request => request.includes('/git/blobs/')).length;

  expect((await here.port.loadBlobs(here.repository, shas)).size).toBe(200);
  expect(singleReads()).toBe(200);
  expect((await here.port.loadBlobs(here.repository, shas)).size).toBe(203);
  expect(singleReads()).toBe(203);
});

test('any bytes', async () => {
  await using here = await world();
  const { git } = here.github.repository('instruct/taxonomy');
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async bytes => {
      const sha = git.addBlob(bytes);
      const found = await here.port.loadBlobs(here.repository, [sha]);
      expect([...(found.get(sha) ?? [])]).toEqual([...bytes]);
    }),
    { numRuns: 40 },
  );
});
