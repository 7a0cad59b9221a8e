/**
 * `npm run eval:injection`: what attacks on the judge reach with scripted models, written to docs/injection-measured.md. Everything
 * runs on this machine, and no language model is asked. Fails when anything is reached that must not be.
 */
import * as fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { judgeExample } from '../../src/core/judge/judge-example.ts';
import { standardRubric } from '../../src/core/judge/rubric.ts';
import { askScript } from '../core/judge/ask-script.ts';
import { KEY, SPENDER, exampleOf, leafOf } from '../core/judge/example-leaf.ts';
import { obedient } from '../simulator/model/obedient.ts';
import { alwaysYes, honest, malicious } from '../simulator/model/scripts.ts';
import { own, recordedAttacks } from './attacks.ts';
import { EXAMPLES, hostileLeaf, hostileModel } from './generated.ts';
import { measureAttack, tabulate } from './measure.ts';
import { renderMeasured } from './render-measured.ts';
import { attackedLeaf, harmBy } from './reviewed.ts';

const GENERATED = 2_000;
const SEED = 20_261_125;
const BATCH = 25;

const say = (text: string): boolean => process.stderr.write(`${text}\n`);
const attacks = [...own, ...recordedAttacks()];

say(`Judging ${attacks.length} attacks with three obedient models …`);
const measured = [];
for (const attack of attacks) measured.push(await measureAttack(attack));

const models = {
  'praises everything': obedient('praises-all'),
  'praises its own': obedient('praises-its-own'),
  'gives up': obedient('gives-up'),
  malicious,
  'always yes': alwaysYes,
};
const breaks: string[] = [];
for (const [name, script] of Object.entries(models)) {
  say(`Looking for harm with a model that is called ${name} …`);
  for (let at = 0; at < attacks.length; at += BATCH) {
    const leaves = attacks.slice(at, at + BATCH).map(({ text }, index) => attackedLeaf(text, at + index));
    breaks.push(...(await harmBy(leaves, script)));
  }
}

say(`Generating ${GENERATED} examples and hostile replies …`);
const pairs = fc.sample(fc.tuple(hostileLeaf, hostileModel), { numRuns: GENERATED / EXAMPLES, seed: SEED });
for (const [leaf, script] of pairs) breaks.push(...(await harmBy([leaf], script)));

say('Counting what an honest model has voided …');
const states = await Promise.all(
  Array.from({ length: 1_000 }, async (_, index) => {
    const example = exampleOf({ question: `Put in order: pear, apple, ${index}.`, answer: `${index}, apple, pear.` });
    const judging = { ask: askScript(honest).ask, key: KEY, spender: SPENDER, rubric: standardRubric };
    return (await judgeExample(leafOf([example]), example, judging)).state;
  }),
);

const page = renderMeasured({
  rows: tabulate(measured),
  recorded: attacks.length - own.length,
  cases: attacks.length * Object.keys(models).length,
  generated: GENERATED,
  breaks: breaks.length,
  honest: states.length,
  voided: states.filter(state => state === 'void').length,
});
process.stdout.write(page);
if (recordedAttacks().length === 0)
  say('The recorded attacks are not beside this checkout, so the page was not written.');
else writeFileSync(new URL('../../docs/injection-measured.md', import.meta.url), page);
for (const harm of new Set(breaks)) say(`Reached: ${harm}`);
if (breaks.length > 0) process.exitCode = 1;
