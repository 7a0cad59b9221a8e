import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReply, replySchema } from '../../../src/core/judge/reply.ts';
import { isFileKind, standardRubric } from '../../../src/core/judge/rubric.ts';
import type { RubricKind } from '../../../src/core/judge/rubric.ts';
import { checklist, hostileTexts } from '../../simulator/model/scripts.ts';
import type { Asked } from '../../simulator/model/scripts.ts';

const ids = ['00aa00aa00aa', '11bb11bb11bb', '22cc22cc22cc'];

/** What a model is asked of three examples of a kind, and the form of the reply. */
function askedOf(kind: RubricKind) {
  const criteria = standardRubric.criteria[kind];
  const isSorted = !isFileKind(kind);
  const call: Asked = { examples: ids.map(id => ({ id, fields: [] })), asked: criteria, isSorted };
  return { call, form: { criteria, ids, isSorted } };
}

const { call, form } = askedOf('freeform-skill');
const questions = form.criteria.map(({ id }) => id);
const valid = checklist(call, { 'answer-correct': { evidence: 'some </think> words {"', verdict: 'no' } });
const allYes = checklist(call);

const outcome = (text: string) => readReply(form, text).outcome;

/** The valid reply with its first example changed. */
const withFirst = (change: (example: { answers: Record<string, unknown> }) => unknown): string => {
  const { examples } = JSON.parse(valid);
  return JSON.stringify({ examples: [change(examples[0]), ...examples.slice(1)] });
};

describe('the reader of replies', () => {
  test.each([
    ['bare', valid],
    ['with white space', `\n  ${valid}\n`],
    ['in a code fence', `\`\`\`json\n${valid}\n\`\`\``],
    ['in prose', `Here it is: ${valid} Hope this helps!`],
    ['after thoughts', `<think>Maybe {"a": 1}? Or "{</think>${allYes}`],
    ['after thoughts without their first tag', `hm {"a":1}</think>\n${allYes}`],
    ['after thoughts in other tags', `<thinking>{"a": 1}</thinking>\n${valid}`],
    ['after reasoning without its first tag', `I see {"a":1} and {"b":2}</reasoning>${allYes}`],
    ['in a list', `[${valid}]`],
    ['after prose with braces', `For {the set}: ${valid}`],
  ])('takes an object %s', (_, text) => {
    expect(outcome(text)).toBe('ok');
  });

  test('reads verdict and quote of each criterion, and the three words', () => {
    const reading = readReply(form, valid);
    if (reading.outcome !== 'ok') throw new Error(reading.outcome);
    expect([...reading.examples.keys()]).toEqual(ids);
    const { answers, facets } = reading.examples.get('11bb11bb11bb') ?? {};
    expect(answers?.get('answer-correct')).toEqual({ verdict: 'no', quote: 'some </think> words {"' });
    expect([...(answers?.keys() ?? [])]).toEqual(questions);
    expect(facets).toEqual({ activity: 'write-text', subject: 'language', topic_to_avoid: 'none' });
  });

  test.each([
    ['nothing', ''],
    ['prose', 'All good.'],
    ['two objects', `${valid}\n${valid}`],
    ['half an object', valid.slice(0, -5)],
    ['a text of braces', '{'.repeat(150_000)],
    ['deep nesting', `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`],
    ['a megabyte', `${valid}${' '.repeat(1_000_000)}`],
  ])('calls %s malformed', (_, text) => {
    expect(['malformed', 'schema_mismatch']).toContain(outcome(text));
  });

  test.each([
    ['an unknown key', JSON.stringify({ ...JSON.parse(valid), extra: 1 })],
    ['an unknown key of an example', withFirst(example => ({ ...example, score: 5 }))],
    [
      'an unknown question',
      withFirst(example => ({ ...example, answers: { ...example.answers, x: { evidence: '', verdict: 'yes' } } })),
    ],
    ['a missing question', checklist({ ...call, asked: call.asked.slice(1) })],
    ['another word', checklist(call, {}, { evidence: '', verdict: 'approve' })],
    ['a capital', checklist(call, {}, { evidence: '', verdict: 'Yes' })],
    [
      'a key within',
      withFirst(example => ({
        ...example,
        answers: { ...example.answers, 'answer-correct': { evidence: '', verdict: 'yes', reason: 'x' } },
      })),
    ],
    ['null', withFirst(example => ({ ...example, answers: { ...example.answers, 'answer-correct': null } }))],
    ['a word of no list', withFirst(example => ({ ...example, activity: 'approve' }))],
    ['no list', checklist({ ...call, isSorted: false })],
    ['a missing example', checklist({ ...call, examples: call.examples.slice(1) })],
    ['an example twice', checklist({ ...call, examples: [...call.examples.slice(1), ...call.examples.slice(2)] })],
    [
      'an example that nobody sent',
      checklist({ ...call, examples: [...call.examples.slice(1), { id: 'x', fields: [] }] }),
    ],
    ['a fourth example', checklist({ ...call, examples: [...call.examples, { id: 'x', fields: [] }] })],
  ])('calls %s a mismatch', (_, text) => {
    expect(outcome(text)).toBe('schema_mismatch');
  });

  test('a prototype in the reply changes nothing', () => {
    expect(outcome(`{"__proto__":{"verdict":"no"},${valid.slice(1)}`)).not.toBe('ok');
    expect(Object.hasOwn(Object.prototype, 'verdict')).toBe(false);
  });

  test('never throws, and never reads what is not there: 10,000 bodies', () => {
    const whole = readReply(form, valid);
    const readWhole = whole.outcome === 'ok' ? whole.examples : new Map();
    const pieces = fc.constantFrom(
      valid,
      '{',
      '}',
      '"',
      '\\',
      '<think>',
      '</think>',
      '```json\n',
      '```',
      '"verdict":',
      '"no"',
      '[',
      ...hostileTexts,
    );
    const cut = fc.tuple(fc.nat(valid.length), fc.nat(valid.length)).map(([a, b]) => valid.slice(a, b));
    const body = fc.array(fc.oneof(pieces, cut, fc.string({ unit: 'binary' }), fc.json()), { maxLength: 6 });
    fc.assert(
      fc.property(body, parts => {
        const reading = readReply(form, parts.join(''));
        const read = reading.outcome === 'ok' ? reading.examples : readWhole;
        expect([...read.keys()]).toEqual(ids);
        for (const { answers } of read.values()) expect([...answers.keys()]).toEqual(questions);
      }),
      { numRuns: 10_000 },
    );
  });

  test.each(Object.keys(standardRubric.criteria) as RubricKind[])('and the schema that is sent agree for %s', kind => {
    const { call: own, form: ownForm } = askedOf(kind);
    const accepts = new Ajv({ strict: false }).compile({ ...replySchema(ownForm) });
    const replies = [
      checklist(own),
      checklist({ ...own, asked: own.asked.slice(1) }),
      checklist({ ...own, asked: [...own.asked, { id: 'other', evidenceIn: 'answer' }] }),
      checklist({ ...own, isSorted: !own.isSorted }),
      checklist(own, {}, { evidence: '', verdict: 'maybe' }),
    ];
    for (const reply of replies) expect(accepts(JSON.parse(reply))).toBe(readReply(ownForm, reply).outcome === 'ok');
  });

  test('the schema is the same for every example of a kind: providers prepare each new one for seconds', () => {
    expect(JSON.stringify(replySchema(form))).not.toContain(ids[0]);
  });
});
