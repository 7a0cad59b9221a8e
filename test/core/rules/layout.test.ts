import { describe, expect, test } from 'vitest';
import type { Contribution } from '../../../src/core/contribution.ts';
import type { ChangedFile } from '../../../src/core/pull-request.ts';
import { checkContribution } from '../../../src/core/rules/index.ts';
import { addedFiles, factsAbout, soundAttribution, soundSkill } from './sound-leaf.ts';

const nothing: Contribution = { leaves: [], attributions: [], account: [], concerns: [] };

/** Rule, path and message of everything that a pull request with files of these names is told. */
const toldAbout = (paths: readonly string[], base: readonly string[] = []) => {
  const files = addedFiles(
    Object.fromEntries(paths.map(path => [path, path.endsWith('.txt') ? soundAttribution : soundSkill])),
  );
  const taxonomy = { sha: 'base', files: new Map(base.map(path => [path, 'blob'])) };
  return checkContribution(nothing, factsAbout(files, { taxonomy })).map(
    ({ rule, severity, location, message }) => `${severity} ${rule} ${location.path}: ${message}`,
  );
};

const leaf = (folder: string) => [`${folder}/qna.yaml`, `${folder}/attribution.txt`];

test('a leaf at its place, with its attribution, is told nothing', () => {
  expect(toldAbout(leaf('compositional_skills/writing/limericks'))).toEqual([]);
});

describe('the name of the file', () => {
  test.each(['qna.yml', 'QNA.YAML', 'qna.yaml.txt', 'qna.txt', 'qna.yaml ', 'qna.ymal', 'extra.yaml'])(
    '%j is told',
    name => {
      const folder = 'compositional_skills/writing/limericks';
      const [told] = toldAbout([`${folder}/${name}`, `${folder}/attribution.txt`]);
      expect(told).toBe(
        `error layout/file-name ${folder}/${name}: This file must be named exactly \`qna.yaml\`, but it is \`${name}\`. Rename it.`,
      );
    },
  );

  test.each(['README.md', 'table.csv', 'quality.txt'])('%j is not taken for one, and has no place there', name => {
    expect(toldAbout([`compositional_skills/writing/${name}`])).toEqual([
      expect.stringMatching(/^question layout\/other-file /),
    ]);
  });
});

describe('the place', () => {
  test('outside of the taxonomy nobody would find it', () => {
    expect(toldAbout(['qna.yaml', 'attribution.txt'])).toEqual([
      'error layout/outside-taxonomy qna.yaml: `qna.yaml` lies outside the taxonomy, so it would never be used. ' +
        'Move it, with its `attribution.txt`, into a folder of its own under `compositional_skills/` or `knowledge/`.',
    ]);
  });

  test('with a wrong name, both are told at once', () => {
    expect(toldAbout(['qna.txt'])).toEqual([expect.stringMatching(/ or `knowledge\/`\. Name it `qna\.yaml`\.$/)]);
  });

  test('a tree that was put one folder too deep is told the right place', () => {
    expect(toldAbout(['taxonomy/Knowledge/science/mars/qna.yaml'])).toEqual([
      expect.stringContaining('Move it to `knowledge/science/mars/qna.yaml`.'),
    ]);
  });

  test("GitHub's own folder and the documentation are left alone", () => {
    expect(toldAbout(['.github/qna.yaml', 'docs/qna.md', '.github/workflows/lint.yml', 'mkdocs.yml'])).toEqual([]);
  });

  test('core skills are closed, and told once a leaf', () => {
    expect(toldAbout(leaf('foundational_skills/reasoning/limericks'))).toEqual([
      expect.stringMatching(/^error layout\/core-skill foundational_skills\/reasoning\/limericks\/qna\.yaml: /),
    ]);
  });
});

describe('names of folders', () => {
  test.each([
    ['my limericks', 'error', 'my_limericks'],
    [' limericks', 'error', 'limericks'],
    ['what?', 'error', 'what'],
    ['Limericks', 'note', 'limericks'],
    ['five-lines', 'note', 'five_lines'],
    ['fiveLines', 'note', 'five_lines'],
    ['v1.5', 'note', 'v1_5'],
  ])('%j is told (%s)', (name, severity, better) => {
    expect(toldAbout(leaf(`compositional_skills/writing/${name}`))).toEqual([
      expect.stringMatching(new RegExp(`^${severity} layout/directory-name .*\`${better}\` would do\\.$`)),
    ]);
  });

  test('control characters and marks that hide are made visible', () => {
    expect(toldAbout(leaf('knowledge/sci\u0007ence/a\u202eb'))).toEqual([
      expect.stringContaining('`sci\\u{7}ence`'),
      expect.stringContaining('`a\\u{202e}b`'),
    ]);
  });

  test('a path that climbs out of its folder is an error', () => {
    expect(toldAbout(['knowledge/../../etc/qna.yaml', 'knowledge/../../etc/attribution.txt'])).toEqual([
      expect.stringContaining('error layout/directory-name'),
      expect.stringContaining('error layout/directory-name'),
    ]);
  });

  test('a path of two thousand folders is told at once', () => {
    const deep = Array.from({ length: 500 }, (_, index) => leaf(`knowledge/${'a/'.repeat(2000)}${index}`)).flat();
    const started = performance.now();
    expect(toldAbout(deep)).toHaveLength(1000);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('a path of more than 500 bytes is an error, which does not repeat it', () => {
    expect(toldAbout(leaf(`knowledge/${'é'.repeat(236)}`))).toEqual([]);
    expect(toldAbout(leaf(`knowledge/${'é'.repeat(250)}`))[0]).toMatch(
      /^error layout\/directory-name .*: The path of this file has 519 bytes.*shorter names\.$/,
    );
  });

  test('a leaf without a folder of its own is a question', () => {
    expect(toldAbout(leaf('knowledge'))).toEqual([
      'question layout/directory-name knowledge/qna.yaml: This file lies directly in `knowledge/`. A leaf node needs folders ' +
        'that say what it is about, such as `knowledge/history/egypt/`.',
    ]);
  });

  test('words of any script are fine', () => {
    expect(toldAbout(leaf('knowledge/地理/日本'))).toEqual([]);
  });

  test('one that was there before is not held against the contributor', () => {
    const base = leaf('compositional_skills/Old Folder/one');
    expect(toldAbout(leaf('compositional_skills/Old Folder/two'), base)).toEqual([]);
  });

  test('500 leaves in one new folder are told once', () => {
    const paths = Array.from({ length: 500 }, (_, index) => leaf(`knowledge/New Folder/leaf_${index}`)).flat();
    expect(toldAbout(paths)).toHaveLength(1);
  });
});

test('removed files are told nothing', () => {
  const removed: readonly ChangedFile[] = [
    { path: 'foundational_skills/a/qna.yaml', status: 'removed', blobSha: '' },
    { path: 'compositional_skills/My Skill/qna.yml', status: 'removed', blobSha: '' },
  ];
  expect(checkContribution(nothing, factsAbout(removed))).toEqual([]);
});
