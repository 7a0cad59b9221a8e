import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReply, replySchema } from '../../../src/core/judge/reply.ts';
import { rubric } from '../../../src/core/judge/rubric.ts';
import type { RubricKind } from '../../../src/core/judge/rubric.ts';
import { checklist, hostileTexts } from '../../simulator/model/scripts.ts';

const criteria = rubric['freeform-skill'];
const questions = criteria.map(({ id }) => id);
const valid = checklist({ questions }, { 'answer-correct': { evidence: 'some </think> words {"', verdict: 'no' } });

const outcome = (text: string) => readReply(criteria, text).outcome;

describe('the reader of replies', () => {
  test.each([
    ['bare', valid],
    ['with white space', `\n  ${valid}\n`],
    ['in a code fence', `\`\`\`json\n${valid}\n\`\`\``],
    ['in prose', `Here it is: ${valid} Hope this helps!`],
    ['after thoughts', `<think>Maybe {"a": 1}? Or "{</think>${checklist({ questions })}`],
    ['after thoughts without their first tag', `hm {"a":1}</think>\n${checklist({ questions })}`],
    ['in a list', `[${valid}]`],
    ['after prose with braces', `For {the set}: ${valid}`],
  ])('takes an object %s', (_, text) => {
    expect(outcome(text)).toBe('ok');
  });

  test('reads verdict and quote of each criterion', () => {
    const reading = readReply(criteria, valid);
    expect(reading.outcome === 'ok' && reading.answers.get('answer-correct')).toEqual({
      verdict: 'no',
      quote: 'some </think> words {"',
    });
    expect(reading.outcome === 'ok' && [...reading.answers.keys()]).toEqual(questions);
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
    ['an unknown key', { ...JSON.parse(valid), extra: 1 }],
    ['a missing key', JSON.parse(checklist({ questions: questions.slice(1) }))],
    ['another word', JSON.parse(checklist({ questions }, {}, { evidence: '', verdict: 'approve' }))],
    ['a capital', JSON.parse(checklist({ questions }, {}, { evidence: '', verdict: 'Yes' }))],
    ['a key within', { ...JSON.parse(valid), 'answer-correct': { evidence: '', verdict: 'yes', reason: 'x' } }],
    ['null', { ...JSON.parse(valid), 'answer-correct': null }],
  ])('calls %s a mismatch', (_, value) => {
    expect(outcome(JSON.stringify(value))).toBe('schema_mismatch');
  });

  test('a prototype in the reply changes nothing', () => {
    expect(outcome(`{"__proto__":{"verdict":"no"},${valid.slice(1)}`)).not.toBe('ok');
    expect(Object.hasOwn(Object.prototype, 'verdict')).toBe(false);
  });

  test('never throws, and never reads what is not there: 10,000 bodies', () => {
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
        const reading = readReply(criteria, parts.join(''));
        const read = reading.outcome === 'ok' ? [...reading.answers.keys()] : questions;
        expect(read).toEqual(questions);
      }),
      { numRuns: 10_000 },
    );
  });

  test.each(Object.keys(rubric) as RubricKind[])('and the schema that is sent agree for %s', kind => {
    const own = rubric[kind];
    const ids = own.map(({ id }) => id);
    const accepts = new Ajv({ strict: false }).compile({ ...replySchema(own) });
    const replies = [
      checklist({ questions: ids }),
      checklist({ questions: ids.slice(1) }),
      checklist({ questions: [...ids, 'other'] }),
      checklist({ questions: ids }, {}, { evidence: '', verdict: 'maybe' }),
    ];
    for (const reply of replies) expect(accepts(JSON.parse(reply))).toBe(readReply(own, reply).outcome === 'ok');
  });
});
