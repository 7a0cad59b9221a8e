import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MAX_CONCERNS, MAX_FILE_BYTES } from '../../../src/core/parse/limits.ts';
import { parseQna, type SchemaVersion } from '../../../src/core/parse/qna.ts';
import { checkLocation } from './in-file.ts';

const SKILL = 'compositional_skills/writing/weather_proverbs/qna.yaml';
const KNOWLEDGE = 'knowledge/science/meteorology/clouds/qna.yaml';
const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/contributions/${name}`, import.meta.url), 'utf8');
const skill = fixture(`ok.freeform-skill/${SKILL}`);
const knowledge = fixture(`ok.knowledge/${KNOWLEDGE}`);

const parse = (text: string, path = SKILL, schemaVersion: SchemaVersion = 'highest') =>
  parseQna(path, 'sha', new TextEncoder().encode(text), { schemaVersion });
const rulesOf = (...args: Parameters<typeof parse>) =>
  parse(...args).concerns.map(({ rule, yamlPath }) => `${rule} ${yamlPath}`);

describe('a leaf', () => {
  test('of a skill: every text with its place', () => {
    const { leaf } = parse(skill);
    expect(leaf).toMatchObject({
      kind: 'skill',
      path: SKILL,
      blobSha: 'sha',
      version: 3,
      createdBy: { value: 'jo-doe', line: 2, column: 13 },
    });
    expect(leaf?.examples).toHaveLength(5);
    expect(leaf?.examples[0]).toMatchObject({
      yamlPath: '.seed_examples[0]',
      line: 5,
      column: 5,
      endLine: 6,
      question: {
        value: 'Finish the proverb: red sky at night',
        yamlPath: '.seed_examples[0].question',
        line: 5,
        column: 15,
        endLine: 5,
      },
    });
  });

  test('of knowledge: each question with the context of its example', () => {
    const { leaf } = parse(knowledge, KNOWLEDGE);
    expect(leaf).toMatchObject({
      kind: 'knowledge',
      document: { patterns: [{ value: 'clouds.md', yamlPath: '.document.patterns[0]' }] },
    });
    expect(leaf?.examples).toHaveLength(15);
    expect(leaf?.examples[4]).toMatchObject({
      yamlPath: '.seed_examples[1].questions_and_answers[1]',
      context: {
        value: 'Stratus clouds form in the low layer of the sky.\nPeople have named them since 1803.\n',
        line: 16,
        column: 14,
        endLine: 18,
      },
    });
  });

  test('with a byte-order mark keeps its columns', () => {
    expect(parse(`\uFEFF${skill}`)).toEqual(parse(skill));
  });

  test('with mistakes still has the examples that can be compared', () => {
    const { leaf, concerns } = parse(skill.replace(/answer: .*/, 'answer: 12'));
    expect(concerns.map(({ rule }) => rule)).toEqual(['schema/type']);
    expect(leaf?.examples).toHaveLength(4);
  });

  test('never carries what neither UTF-8 nor a database takes', () => {
    const { leaf } = parse(skill.replace('jo-doe', String.raw`"a\0b\ud800c"`));
    expect(leaf?.createdBy?.value).toBe('a\uFFFDb\uFFFDc');
  });
});

describe('versions of the schema', () => {
  /** Without a version, and with the first example alone. */
  const v1 = `${skill.split('\n').slice(1, 6).join('\n')}\n`;
  test('the newest is asked of changed files', () => {
    expect(rulesOf(v1)).toEqual(['schema/required .', 'schema/too-few-items .seed_examples']);
    expect(rulesOf(skill.replace('version: 3', 'version: 2'))).toEqual(['schema/version .version']);
  });

  test('the file may name an older one where that is asked for', () => {
    expect(rulesOf(v1, SKILL, 'document')).toEqual([]);
    expect(rulesOf(skill.replace('version: 3', 'version: 2'), SKILL, 'document')).toEqual([]);
  });

  test.each(['24', 'true', '0', '"4"'])('version: %s does not exist', version => {
    expect(rulesOf(skill.replace('version: 3', `version: ${version}`), SKILL, 'document')).toEqual([
      'schema/version .version',
    ]);
  });

  test('knowledge of version 1 and 2 is told once, and nothing else', () => {
    expect(rulesOf(knowledge.replace('version: 3', 'version: 2'), KNOWLEDGE, 'document')).toEqual([
      'schema/deprecated-version .version',
    ]);
    expect(rulesOf('seed_examples: 1\n', KNOWLEDGE, 'document')).toEqual(['schema/deprecated-version .']);
  });
});

describe('places and words', () => {
  test('the same concern about another value is another finding', () => {
    const flaggedOf = (value: string) => parse(skill.replace('jo-doe', value)).concerns[0]?.flagged;
    expect(flaggedOf('12')).not.toBe(flaggedOf('13'));
  });

  test('a column counts from behind the byte-order mark, and in UTF-16 code units', () => {
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('a: 😀'), 0xff]);
    expect(parseQna(SKILL, '', bytes).concerns[0]).toMatchObject({
      rule: 'yaml/encoding',
      location: { line: 1, column: 6 },
    });
  });

  test('syntax errors of many lines are all told, up to ten', () => {
    const { concerns } = parse(skill.replaceAll(/answer: '(.*)'/g, 'answer: | $1'));
    expect(concerns.map(({ location }) => location.line)).toEqual([6, 8, 10, 12, 14]);
  });

  test('quotes that end too early name the line where they began', () => {
    const { concerns } = parse(skill.replace("at night'", 'at night'));
    expect(concerns[0]?.message).toContain('begins in line 5');
  });

  test('a file beyond a megabyte is not read', () => {
    const { concerns } = parseQna(SKILL, '', new Uint8Array(MAX_FILE_BYTES + 1));
    expect(concerns.map(({ rule }) => rule)).toEqual(['yaml/too-large']);
  });
});

describe('whatever the bytes are', () => {
  const isSound = (bytes: Uint8Array): boolean => {
    for (const [path, schemaVersion] of [
      [SKILL, 'highest'],
      [KNOWLEDGE, 'document'],
    ] as const) {
      const { leaf, concerns } = parseQna(path, '', bytes, { schemaVersion });
      expect(concerns.length).toBeLessThanOrEqual(MAX_CONCERNS);
      expect(leaf !== undefined || concerns.length > 0).toBe(true);
      const file = { path, status: 'added', blobSha: '', content: { type: 'bytes', bytes } } as const;
      for (const { location, message } of concerns) {
        checkLocation(location, [file]);
        expect(message.length).toBeLessThan(600);
      }
      for (const example of leaf?.examples ?? []) checkLocation({ path, ...example.question }, [file]);
    }
    return true;
  };

  test('nothing is thrown, and every concern lies in the file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        expect(isSound(bytes)).toBe(true);
      }),
    );
  });

  test('nor for texts of YAML’s own marks', () => {
    const marks = [
      'a',
      ': ',
      '- ',
      '? ',
      '\n',
      '  ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '"',
      "'",
      '|',
      '>',
      '&a ',
      '*a',
      '!!str ',
      '<<: ',
      '#',
      '%',
      '---\n',
      '\t',
      '\r',
      '\u2028',
      '😀',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...marks), { maxLength: 40 }), parts => {
        expect(isSound(new TextEncoder().encode(parts.join('')))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('nor for real files with an edit', () => {
    const edit = fc.record({
      base: fc.constantFrom(skill, knowledge),
      at: fc.nat(),
      cut: fc.nat({ max: 5 }),
      put: fc.string({ maxLength: 4 }),
    });
    fc.assert(
      fc.property(edit, ({ base, at, cut, put }) => {
        const start = at % base.length;
        expect(isSound(new TextEncoder().encode(base.slice(0, start) + put + base.slice(start + cut)))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('a second reading says the same', () => {
    fc.assert(
      fc.property(fc.nat({ max: skill.length }), at => {
        const text = skill.slice(0, at);
        expect(parse(text)).toEqual(parse(text));
      }),
    );
  });
});
