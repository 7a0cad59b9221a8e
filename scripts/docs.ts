/**
 * Makes the pages of docs/ that the code has the last word on. With --check it changes nothing and fails when a page is not what
 * the code says.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { policyJsonSchema, renderConfigurationDocs } from '../src/config/docs.ts';
import { renderCommandDocs } from '../src/core/commands/docs.ts';
import { renderRubricDocs } from '../src/core/judge/render-docs.ts';
import { renderRuleDocs } from '../src/core/rules/render-docs.ts';

const pages = {
  'rules.md': renderRuleDocs(),
  'commands.md': renderCommandDocs(),
  'questions.md': renderRubricDocs(),
  'configuration.md': renderConfigurationDocs(),
  'assay.schema.json': `${JSON.stringify(policyJsonSchema(), null, 2)}\n`,
};

const isCheck = process.argv.includes('--check');
for (const [name, text] of Object.entries(pages)) {
  const path = new URL(`../docs/${name}`, import.meta.url);
  if (!isCheck) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    process.stderr.write(`docs/${name} is not what the code says. Run: npm run docs\n`);
    process.exitCode = 1;
  }
}
