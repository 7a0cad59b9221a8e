import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { policyJsonSchema, renderConfigurationDocs } from '../../src/config/docs.ts';
import { environmentSchema } from '../../src/config/variables.ts';
import { readPolicy } from '../../src/core/read-policy.ts';

const committed = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

test('the page and the schema in docs/ are what the code says (npm run docs makes them)', () => {
  expect(committed('configuration.md')).toBe(renderConfigurationDocs());
  expect(JSON.parse(committed('assay.schema.json'))).toEqual(policyJsonSchema());
});

test('every variable is on the page, with what it is for', () => {
  const page = renderConfigurationDocs();
  for (const name of Object.keys(environmentSchema.shape)) {
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\| .* \\| [A-Z\`].+\\. \\|$`, 'm'));
  }
});

test.each([
  ['mode: observe\njudge: off\n', true],
  ['judge:\n  maxTokensPerPullRequest: 5\nlabels:\n  skill: ability\n', true],
  ['judge:\n  block: [answer-correct]\n  blockAt: 0.95\n  prices: { some-model: { input: 0.4, output: 1.6 } }\n', true],
  ['mode: loud\n', false],
  ['judge:\n  maxTokens: 5\n', false],
  ['labels:\n  enabled: "no"\n', false],
])('the schema and the server agree on %j', (text, isGood) => {
  const validate = new Ajv2020().compile(policyJsonSchema());
  expect(validate(parse(text))).toBe(isGood);
  expect(readPolicy(text).problem === undefined).toBe(isGood);
});

test('the example on the page is a policy', () => {
  const example = /```yaml\n([\s\S]*?)```/.exec(renderConfigurationDocs())?.[1];
  expect(readPolicy(example)).toMatchObject({
    policy: { mode: 'observe', labels: { pass: { name: 'ready-for-triage' } } },
  });
  expect(readPolicy(example)).not.toHaveProperty('problem');
});
