import { expect, test } from 'vitest';
import { parseFiles } from '../src/core/parse/contribution.ts';
import type { Contribution } from '../src/core/contribution.ts';
import { findTwinsInTaxonomy } from '../src/neighbourhood.ts';
import type { ParseFiles } from '../src/ports.ts';
import { createExamplesInMemory } from '../src/store/examples-in-memory.ts';
import { addedFiles, blobSha, soundPath, soundSkill } from './core/rules/sound-leaf.ts';

const repository = { id: 1, owner: 'o', name: 'n' };
const taxonomy = { sha: 'tip', files: new Map([['compositional_skills/old/leaf/qna.yaml', blobSha(soundSkill)]]) };
const contribution = parseFiles(addedFiles({ [soundPath]: soundSkill }));
const bytes = new Map([[blobSha(soundSkill), Buffer.from(soundSkill)]]);

/** A day on which some things work: how many twins are found, and how many blobs were asked for. */
function server() {
  const examples = createExamplesInMemory();
  return async ({ blobs = bytes, parse = async files => parseFiles(files) }: Day = {}) => {
    let asked = 0;
    const loadBlobs = async (_: unknown, shas: readonly string[]) => {
      asked += shas.length;
      return blobs;
    };
    const needs = { github: { loadBlobs }, examples, parse };
    const { neighbours } = await findTwinsInTaxonomy(repository, contribution, taxonomy, needs);
    return { twins: neighbours.length, asked };
  };
}
type Day = { readonly blobs?: ReadonlyMap<string, Uint8Array>; readonly parse?: ParseFiles };

const read =
  (account: Partial<Contribution['account'][number]>, concerns: Contribution['concerns'] = []): ParseFiles =>
  async files => ({
    leaves: [],
    attributions: [],
    concerns,
    account: files.map(({ path }) => ({ path, role: 'qna', state: 'unread', ...account })),
  });

test('a file of the taxonomy is read once for ever', async () => {
  const look = server();
  expect(await look()).toEqual({ twins: 5, asked: 1 });
  expect(await look()).toEqual({ twins: 5, asked: 0 });
});

test('one whose reading ended by our own trouble is read again on the next look', async () => {
  const look = server();
  expect(await look({ parse: read({ reason: 'the parser’s thread ended' }) })).toEqual({ twins: 0, asked: 1 });
  expect(await look()).toEqual({ twins: 5, asked: 1 });
});

test('one that did not come is asked for again', async () => {
  const look = server();
  expect(await look({ blobs: new Map() })).toEqual({ twins: 0, asked: 1 });
  expect(await look()).toEqual({ twins: 5, asked: 1 });
});

test('one that cannot be read by its own fault is not', async () => {
  const look = server();
  const [path = ''] = taxonomy.files.keys();
  const mistake = { rule: 'yaml/syntax', severity: 'error', message: 'm', yamlPath: '.' } as const;
  await look({ parse: read({}, [{ ...mistake, location: { path, line: 1, column: 1 } }]) });
  expect(await look()).toEqual({ twins: 0, asked: 0 });
});
