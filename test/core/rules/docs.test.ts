import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderCommandDocs } from '../../../src/core/commands/docs.ts';
import { ruleDocs } from '../../../src/core/rules/index.ts';
import { renderRuleDocs } from '../../../src/core/rules/render-docs.ts';

const page = (name: string) => readFileSync(join(import.meta.dirname, '../../../docs', name), 'utf8');

test('docs/rules.md is what the rules say (npm run docs remakes it)', () => {
  expect(page('rules.md')).toBe(renderRuleDocs());
});

test('docs/commands.md is what the commands say (npm run docs remakes it)', () => {
  expect(page('commands.md')).toBe(renderCommandDocs());
});

test('every rule is documented once', () => {
  const ids = ruleDocs.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
