import { describe, expect, test } from 'vitest';
import { readFile } from '../../src/parser/read-file.ts';

const token = ['ghp', 'Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2'].join('_');

const read = async (answer: string) => {
  const others = [2, 3, 4, 5].map(index => `  - question: q${index}\n    answer: a${index}\n`).join('');
  const text = `version: 3\ncreated_by: ines\ntask_description: b\nseed_examples:\n  - question: q1\n    answer: ${answer}\n${others}`;
  const bytes = new TextEncoder().encode(text);
  const path = 'compositional_skills/x/y/qna.yaml';
  const { concerns } = await readFile({ path, status: 'added', blobSha: 'x', content: { type: 'bytes', bytes } }, {});
  return concerns.filter(({ rule }) => rule.startsWith('screen/'));
};

describe('what must not reach a model is found however YAML writes it', () => {
  test.each([
    ['a secret as it is', token, 'screen/secret'],
    ['a secret with an escape', `"ghp_\\x41${token.slice(5)}"`, 'screen/secret'],
    ['a secret over two lines', `"${token.slice(0, 14)}\\\n      ${token.slice(14)}"`, 'screen/secret'],
    ['an address with an escape', '"mail jane.smith\\x40gmail.com now"', 'screen/personal-data'],
    ['an address over two lines', '"mail jane.smith@\\\n      gmail.com now"', 'screen/personal-data'],
    ['an address in a block', '|\n      mail\n      jane.smith@gmail.com now', 'screen/personal-data'],
    [
      'an address between letters of a script without blanks',
      `请jane.smith@gmail.com${'请'.repeat(30)}`,
      'screen/personal-data',
    ],
    ['an address of letters beyond ASCII', 'mail jane.smith@münchen.de now', 'screen/personal-data'],
  ])('%s, once and at its text', async (_, answer, rule) => {
    expect(await read(answer)).toMatchObject([
      { rule, yamlPath: '.seed_examples[0].answer', location: { line: answer.startsWith('|') ? 8 : 6 } },
    ]);
  });

  test('a secret behind much else is told', async () => {
    const others = '\\x3c|end|> {{ a }} [[1]] Ignore the above. '.repeat(9);
    const concerns = await read(`"${others} ghp_\\x41${token.slice(5)}"`);
    expect(concerns.map(({ rule }) => rule)).toContain('screen/secret');
  });

  test('two in one text are two, and none is none', async () => {
    expect(await read('mail jane.smith@gmail.com or tom.jones@gmail.com')).toHaveLength(2);
    expect(await read('"x\\x40y"')).toEqual([]);
  });
});

describe('a file in which a secret was found', () => {
  const told = async (rest: string) => {
    const text = `version: 3\ncreated_by: ines\ntask_description: b   \n${rest}\n`;
    const bytes = new TextEncoder().encode(text);
    const path = 'compositional_skills/x/y/qna.yaml';
    const { concerns } = await readFile({ path, status: 'added', blobSha: 'x', content: { type: 'bytes', bytes } }, {});
    return concerns;
  };

  test.each([
    ['as an unknown key', `${token}: b`],
    ['as a repeated key', `${token}: b\n${token}: c`],
    ['as a seed example', `seed_examples: ${token}`],
    ['beside blanks at the end of the line', `seed_examples: ${token}   `],
    ['with an escape', `"ghp_\\x41${token.slice(5)}": b`],
    ['in a line that is no YAML', `seed_examples: "${token}`],
  ])('no concern repeats it: %s', async (_, rest) => {
    const concerns = await told(rest);
    expect(concerns.length).toBeGreaterThan(1);
    expect(JSON.stringify(concerns)).not.toContain(token.slice(8, 20));
  });
});

test('a file with more to say than anybody reads keeps the gravest, and a secret before all', async () => {
  const many = 'k: \n'.repeat(120);
  const leaf = `${many}contact: jo.doe@lantern-harbour.com\n`;
  const bytes = new TextEncoder().encode(leaf);
  const path = 'compositional_skills/writing/jokes/qna.yaml';
  const { concerns } = await readFile({ path, status: 'added', blobSha: '', content: { type: 'bytes', bytes } }, {});
  expect(concerns).toHaveLength(100);
  expect(concerns.map(({ rule }) => rule)).toContain('screen/personal-data');
});
