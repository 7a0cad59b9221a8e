import { describe, expect, test } from 'vitest';
import type { SchemaVersion } from '../../../src/core/parse/qna.ts';
import { parseFiles } from '../../../src/core/parse/contribution.ts';
import { asUpstream } from '../../../src/core/rules/as-upstream.ts';
import { checkContribution } from '../../../src/core/rules/index.ts';
import { addedFiles, factsAbout, soundAttribution, soundPath, soundSkill } from './sound-leaf.ts';

const folder = soundPath.replace('/qna.yaml', '');

function said(texts: Readonly<Record<string, string>>, schemaVersion: SchemaVersion = 'highest'): readonly string[] {
  const files = addedFiles(texts);
  const contribution = parseFiles(files, { schemaVersion, profile: 'instructlab' });
  const concerns = [...contribution.concerns, ...checkContribution(contribution, factsAbout(files))];
  return asUpstream(concerns, contribution, schemaVersion).map(({ rule, location }) => `${location.path} ${rule}`);
}

describe('what upstream would say of a contribution', () => {
  test('nothing of a sound one, nor of what only our rules look at', () => {
    expect(said({ [soundPath]: soundSkill, [`${folder}/attribution.txt`]: soundAttribution })).toEqual([]);
    const odd = 'compositional_skills/My Poems';
    expect(
      said({ [`${odd}/qna.yaml`]: soundSkill, [`${odd}/attribution.txt`]: 'Me', [`${odd}/notes.md`]: '' }),
    ).toEqual([]);
  });

  test('the schema and yamllint', () => {
    const text = soundSkill.replace('created_by: jo-doe', 'created_by: 12 ');
    expect(said({ [soundPath]: text, [`${folder}/attribution.txt`]: soundAttribution })).toEqual([
      `${soundPath} schema/type`,
      `${soundPath} yamllint/trailing-spaces`,
    ]);
  });

  test('a wrong name, and then nothing else about the file', () => {
    expect(said({ [`${folder}/qna.yml`]: 'a: b \n' })).toEqual([`${folder}/qna.yml layout/file-name`]);
  });

  test('attribution: missing, empty to the byte, not a lone line break', () => {
    expect(said({ [soundPath]: soundSkill })).toEqual([`${soundPath} attribution/missing`]);
    expect(said({ [soundPath]: soundSkill, [`${folder}/attribution.txt`]: '' })).toEqual([
      `${folder}/attribution.txt attribution/empty`,
    ]);
    expect(said({ [soundPath]: soundSkill, [`${folder}/attribution.txt`]: '\n' })).toEqual([]);
  });

  test('no attribution is asked of version 1, nor where the file is empty', () => {
    const old = soundSkill.replace('version: 3\n', '');
    expect(said({ [soundPath]: old }, 'document')).toEqual([]);
    expect(said({ [soundPath]: soundSkill }, 'document')).toEqual([`${soundPath} attribution/missing`]);
    expect(said({ [soundPath]: '' })).toEqual([`${soundPath} yaml/empty`]);
  });
});
