import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { soundAttribution, soundSkill } from '../core/rules/sound-leaf.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const folder = 'compositional_skills/writing/limericks';
const copyFolder = 'compositional_skills/writing/verses';

const ballads = [
  'Grey whiskers crossed the winter lane, and no door let her in again.',
  'It drummed upon the miller’s roof and drowned his only horse’s hoof.',
  'Oh, warm it lay upon the sill, till little Jack had had his fill.',
  'She waved until the smoke was thin and snow blew where his face had been.',
  'A wheel rolled down from Gloucester hill, and some say it is rolling still.',
];

/** The skill with other words in every example. */
export const otherSkill = soundSkill
  .replaceAll('limerick', 'ballad')
  .split(/(?<=answer: ).*/)
  .map((text, index) => `${text}${ballads[index] ?? ''}`)
  .join('');

const person = (name: string) => ({
  author_login_or_hash: name,
  author_id: `a${name.length.toString().padStart(4, '0')}`,
});

/**
 * Four pull requests: #1 adds a sound leaf; #2, by another person, the same examples elsewhere; #3 lacks its attribution and
 * comes when the leaf of #1 is merged and it copies one example of it; #4 changes nothing of the taxonomy.
 */
export function writeSmallRecording(): string {
  const copy = otherSkill.replace('Write a ballad about rain.', 'Write a limerick about rain.');
  const texts = [soundSkill, soundAttribution, copy];
  const leaf = { [`${folder}/qna.yaml`]: sha256(soundSkill), [`${folder}/attribution.txt`]: sha256(soundAttribution) };
  const base = { 'knowledge/README.md': sha256(soundAttribution) };
  const added = (path: string, text: string) => ({ path, status: 'added', sha256: sha256(text) });
  const pullRequest = (number: number, day: number, who: string, rest: object) => ({
    number,
    title: `Add limericks and ballads, part ${number}`,
    base_commit: 'base-one',
    head_commit: String(number).repeat(40),
    ...person(who),
    commits: [
      { sha: 'c', date: `2024-05-0${day}T12:00:00Z`, subject: 'Add', signed_off: true, signoff_matches_author: true },
      { sha: 'b', date: '2024-05-01T12:00:00Z', subject: 'Of main', signed_off: false, copy_of_main: true },
    ],
    files: [],
    other_files: [],
    ...rest,
  });
  const path = mkdtempSync(join(tmpdir(), 'assay-recording-'));
  const write = (name: string, rows: readonly object[]) =>
    writeFileSync(join(path, `${name}.jsonl.gz`), gzipSync(rows.map(row => `${JSON.stringify(row)}\n`).join('')));
  write(
    'blobs',
    texts.map(text => ({ sha256: sha256(text), text })),
  );
  write('bases', [
    { base_commit: 'base-one', date: '2024-05-01', on_main: true, tree: base },
    {
      base_commit: 'base-two',
      date: '2024-05-03',
      on_main: true,
      parent: 'base-one',
      set: leaf,
      del: ['knowledge/README.md'],
    },
  ]);
  write('prs', [
    pullRequest(1, 1, 'jo', {
      files: [added(`${folder}/qna.yaml`, soundSkill), added(`${folder}/attribution.txt`, soundAttribution)],
    }),
    pullRequest(2, 2, 'kim', {
      files: [added(`${copyFolder}/qna.yaml`, soundSkill), added(`${copyFolder}/attribution.txt`, soundAttribution)],
    }),
    pullRequest(3, 4, 'lee', { base_commit: 'base-two', files: [added(`${copyFolder}/qna.yaml`, copy)] }),
    pullRequest(4, 5, 'lee', {
      base_commit: 'base-two',
      other_files: [{ path: 'docs/README.md', status: 'modified' }],
    }),
  ]);
  return path;
}
