import { describe, expect, test } from 'vitest';
import { startGitHub } from '../simulator/github.ts';
import { createDataFolder } from '../store/databases.ts';
import { attribution, baseFiles, leafOf, qna, soundSkill } from '../stories/contributions.ts';
import { writeFolder } from './repository.ts';
import { runAssay } from './run-assay.ts';

const question = 'How many petals does a common buttercup have in spring?';
const others = ['gate', 'river', 'kettle', 'violin'].map(
  thing => [`Why does the ${thing} of the mill creak?`, `Nobody oils the ${thing}.`] as const,
);
const leaf = (topic: string, first: string, answer: string) => ({
  [`${leafOf(topic)}/qna.yaml`]: qna([
    [first, answer],
    ...others.map(([asked, said]) => [`${asked} (${topic})`, said] as const),
  ]),
  [`${leafOf(topic)}/attribution.txt`]: attribution,
});
const meadow = leaf('meadow', question, 'A common buttercup has five petals in spring.');

describe('assay duplicates', () => {
  test('a folder: each example that is there already, with its place and how alike they are', async () => {
    const cwd = writeFolder({ ...meadow, ...leaf('garden', question, 'Count them: there are nine, and a bee.') });
    const { code, out, err } = await runAssay(['duplicates', `${leafOf('garden')}/qna.yaml`], { cwd });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const lines = out.split('\n');
    expect(lines[0]).toMatch(new RegExp(`^${leafOf('garden')}/qna.yaml:\\d+ "${question.replace('?', '\\?')}"$`));
    expect(lines[1]).toMatch(
      new RegExp(`^  the same question, with another answer: ${leafOf('meadow')}/qna.yaml:\\d+ "How many petals`),
    );
    expect(out).toMatch(
      /5 examples of 1 file compared with 2 files of the taxonomy on the disk: \d have neighbours\.\n$/,
    );
  });

  test('json has the whole texts; what is only alike does not make it fail', async () => {
    const noisy = leaf('garden', question.toUpperCase(), 'A common buttercup has five petals in spring.');
    const cwd = writeFolder({ ...meadow, ...noisy });
    const { code, out } = await runAssay(['duplicates', '--json'], { cwd });
    expect(code).toBe(0);
    const pairs: readonly { question: string; neighbours: readonly unknown[] }[] = JSON.parse(out);
    expect(pairs.find(pair => pair.question === question)?.neighbours[0]).toMatchObject({
      type: 'possible-duplicate',
      likeness: 'same-question',
      question: question.toUpperCase(),
      path: `${leafOf('garden')}/qna.yaml`,
    });
  });

  test('nothing to compare, and words that are off, are said in a sentence', async () => {
    const cwd = writeFolder({ ...soundSkill('kites'), 'notes/readme.txt': 'x' });
    expect(await runAssay(['duplicates'], { cwd })).toEqual({
      code: 0,
      out: '5 examples of 1 file compared with nothing: there is no other file: none has a neighbour.\n',
      err: '',
    });
    expect(await runAssay(['duplicates', 'notes'], { cwd })).toMatchObject({
      code: 2,
      err: 'assay: There is no qna.yaml in "notes".\n',
    });
    expect((await runAssay(['duplicates', '--pr', 'mill'], { cwd })).err).toContain(
      'must look like owner/repository#12',
    );
    expect((await runAssay(['duplicates', '--pr', 'a/b#1'], { cwd })).err).toContain('set APP_ID, PRIVATE_KEY');
  });

  test('a pull request: compared with the taxonomy of its base, and nothing is written', async () => {
    await using github = await startGitHub();
    github.createRepository({ name: 'lantern/taxonomy', files: { ...baseFiles, ...meadow } });
    await github.install('lantern');
    const files = leaf('garden', question, 'Count them: there are nine, and a bee.');
    const pull = { repository: 'lantern/taxonomy', author: 'mira', title: 'Garden', fork: true, files };
    const number = await github.people.openPullRequest(pull);
    const cwd = writeFolder({});
    await createDataFolder(`${cwd}/data`);
    const env = {
      APP_ID: String(github.app.id),
      PRIVATE_KEY: github.app.privateKey,
      WEBHOOK_SECRET: github.app.webhookSecret,
      GHE_HOST: new URL(github.url).host,
      GHE_PROTOCOL: 'http',
      ASSAY_DATA: `${cwd}/data`,
    };
    const { code, out, err } = await runAssay(['duplicates', '--pr', `lantern/taxonomy#${number}`], { cwd, env });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain(`the same question, with another answer: ${leafOf('meadow')}/qna.yaml:`);
    expect(out).toMatch(/compared with the taxonomy at [0-9a-f]{7} and 0 open pull requests that the database knows/);
    expect(github.exchanges.filter(({ isWrite, path }) => isWrite && !path.endsWith('/access_tokens'))).toEqual([]);
    expect((await runAssay(['duplicates', '--pr', 'lantern/taxonomy#99'], { cwd, env })).err).toBe(
      'assay: lantern/taxonomy has no pull request 99.\n',
    );
    github.assertClean();
  });
});
