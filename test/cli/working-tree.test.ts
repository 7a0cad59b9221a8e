import { rmSync, symlinkSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gitIn } from '../../src/cli/git.ts';
import { localRef, workingTreeSource } from '../../src/cli/working-tree.ts';
import { blobSha, soundAttribution, soundSkill } from '../core/rules/sound-leaf.ts';
import { makeRepository, runGit, writeFolder, writeIn } from './repository.ts';

const folder = 'compositional_skills/writing/limericks';
const base = {
  [`${folder}/qna.yaml`]: soundSkill,
  [`${folder}/attribution.txt`]: soundAttribution,
  'knowledge/old/qna.yaml': 'old: true\n',
  'README.md': 'Read me\n',
};

const read = async (repository: string, ref?: string) => {
  const source = await workingTreeSource(gitIn(repository), repository, ref, new Date(0));
  return { source, pullRequest: await source.loadPullRequest(localRef) };
};

const filesOf = async (repository: string) =>
  (await read(repository)).pullRequest?.files.map(({ path, status, previousPath, content }) =>
    [status, path, previousPath, content?.type].filter(part => part !== undefined).join(' '),
  );

describe('the pull request of a working tree', () => {
  test('nothing changed', async () => {
    expect(await filesOf(makeRepository(base))).toEqual([]);
  });

  test('has what is committed, changed, removed, renamed and untracked, and nothing that is ignored', async () => {
    const repository = makeRepository(base);
    writeIn(repository, 'knowledge/new one/qna.yaml', soundSkill);
    runGit(repository, 'add', '--all');
    runGit(repository, 'commit', '--quiet', '--message', 'Mine');
    renameSync(join(repository, folder), join(repository, 'compositional_skills/writing/verses'));
    runGit(repository, 'add', '--all');
    rmSync(join(repository, 'knowledge/old/qna.yaml'));
    writeIn(repository, 'README.md', 'Read me again\n');
    writeIn(repository, 'knowledge/ümlaut\n/qna.yaml', soundSkill);
    writeIn(repository, '.gitignore', 'generated/\n');
    writeIn(repository, 'generated/qna.yaml', soundSkill);
    symlinkSync('/etc/passwd', join(repository, 'knowledge/attribution.txt'));
    writeFileSync(join(repository, 'knowledge/qna.yaml'), 'x'.repeat(1_000_001));
    expect(await filesOf(repository)).toEqual([
      'modified README.md',
      `renamed compositional_skills/writing/verses/attribution.txt ${folder}/attribution.txt bytes`,
      `renamed compositional_skills/writing/verses/qna.yaml ${folder}/qna.yaml bytes`,
      'added knowledge/new one/qna.yaml bytes',
      'removed knowledge/old/qna.yaml',
      'added .gitignore',
      'added knowledge/attribution.txt symlink',
      'added knowledge/qna.yaml too-large',
      'added knowledge/ümlaut\n/qna.yaml bytes',
    ]);
  });

  test('is compared with where the branch began, and judged by the tip of the base', async () => {
    const repository = makeRepository(base);
    runGit(repository, 'checkout', '--quiet', 'main');
    writeIn(repository, 'knowledge/theirs/qna.yaml', 'theirs: true\n');
    runGit(repository, 'add', '--all');
    runGit(repository, 'commit', '--quiet', '--message', 'Theirs');
    const tip = runGit(repository, 'rev-parse', 'HEAD').trim();
    runGit(repository, 'checkout', '--quiet', 'mine');
    const { source, pullRequest } = await read(repository);
    expect(pullRequest).toMatchObject({ baseRef: 'main', baseSha: tip, files: [] });
    const taxonomy = await source.loadTaxonomy(localRef.repository, tip);
    expect([...taxonomy.files.keys()]).toEqual([
      `${folder}/attribution.txt`,
      `${folder}/qna.yaml`,
      'knowledge/old/qna.yaml',
      'knowledge/theirs/qna.yaml',
    ]);
    const blobs = await source.loadBlobs(localRef.repository, [
      blobSha(soundSkill),
      '0'.repeat(40),
      blobSha('theirs: true\n'),
    ]);
    expect([...blobs].map(([sha, bytes]) => [sha, Buffer.from(bytes).toString()])).toEqual([
      [blobSha(soundSkill), soundSkill],
      [blobSha('theirs: true\n'), 'theirs: true\n'],
    ]);
  });

  test('reads the policy at the base, not the one of the branch', async () => {
    const repository = makeRepository({ ...base, '.github/assay.yml': 'judge: off\n' });
    writeIn(repository, '.github/assay.yml', 'mode: observe\n');
    const { source, pullRequest } = await read(repository);
    expect(await source.loadPolicy(localRef.repository, pullRequest?.baseSha ?? '')).toBe('judge: off\n');
  });

  test('says what is missing', async () => {
    const repository = makeRepository(base);
    await expect(read(repository, 'upstream/main')).rejects.toThrow('There is no branch or commit "upstream/main".');
    await expect(read(repository, '--output=/tmp/x')).rejects.toThrow(
      'There is no branch or commit "--output=/tmp/x".',
    );
    runGit(repository, 'branch', '--move', 'main', 'trunk');
    await expect(read(repository)).rejects.toThrow('There is neither origin/main nor main to compare with.');
    await expect(gitIn(writeFolder({ a: '' })).read('rev-parse')).rejects.toThrow(/^git says: .*not a git repository/);
  });

  test('a repository cannot make git run a program', async () => {
    const repository = makeRepository(base);
    const trap = join(repository, 'trapped');
    runGit(repository, 'config', 'core.fsmonitor', `touch ${trap};`);
    runGit(repository, 'config', 'diff.external', `touch ${trap};`);
    runGit(repository, 'config', 'diff.evil.textconv', `touch ${trap};`);
    writeIn(repository, '.gitattributes', '* diff=evil\n');
    writeIn(repository, 'README.md', 'changed\n');
    expect(await filesOf(repository)).not.toContain('added trapped');
  });
});
