import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatGitHub } from '../../src/cli/formats/github.ts';
import { formatJson } from '../../src/cli/formats/json.ts';
import { formatSarif } from '../../src/cli/formats/sarif.ts';
import { formatText } from '../../src/cli/formats/text.ts';
import { exitCodeOf } from '../../src/cli/report.ts';
import type { Report } from '../../src/cli/report.ts';
import { identify } from '../../src/core/finding.ts';
import type { Concern } from '../../src/core/finding.ts';

const concern: Concern = {
  rule: 'schema/required',
  severity: 'error',
  message: '`question` is missing.',
  location: { path: 'a/qna.yaml', line: 12, column: 5, endLine: 14 },
  yamlPath: '.seed_examples[0]',
};

const reportOf = (...concerns: readonly Partial<Concern>[]): Report => ({
  files: [
    { path: 'a/qna.yaml', role: 'qna', state: 'reviewed' },
    { path: 'b/qna.yaml', role: 'qna', state: 'reviewed' },
  ],
  findings: identify(concerns.map(part => ({ ...concern, ...part }))),
});

const plain = (_: unknown, text: string) => text;
const evil = 'x\n::error file=a::gone\r\u001b[2J%0A,:\u202e';

describe('text', () => {
  test('a line a finding, from the top of each file down, then the count', () => {
    const report = reportOf(
      {
        location: { path: 'b/qna.yaml', line: 1, column: 1 },
        severity: 'note',
        rule: 'layout/directory-name',
        message: 'Hm.',
      },
      {},
      { location: { path: 'a/qna.yaml', line: 3, column: 1 }, severity: 'question' },
    );
    expect(formatText(report, plain)).toBe(
      [
        'a/qna.yaml:3:1 question schema/required `question` is missing.',
        'a/qna.yaml:12:5 error schema/required `question` is missing.',
        'b/qna.yaml:1:1 note layout/directory-name Hm.',
        '2 files checked: 1 error, 1 question, 1 note. `assay rules RULE` says more about a rule.',
        '',
      ].join('\n'),
    );
  });

  test('nothing found', () => {
    expect(formatText(reportOf(), plain)).toBe('2 files checked, nothing found.\n');
  });

  test('a file that was not read, without a word why, is a failure of ours', () => {
    const report: Report = {
      files: [{ path: 'a/qna.yaml', role: 'qna', state: 'unread', reason: 'It is a link.' }],
      findings: [],
    };
    expect(formatText(report, plain)).toBe('a/qna.yaml: not read It is a link.\n0 files checked: 1 file not read.\n');
    expect(exitCodeOf(report)).toBe(2);
  });

  test('a contributor cannot write to the terminal', () => {
    const text = formatText(reportOf({ message: evil, location: { path: evil, line: 1, column: 1 } }), plain);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text.split('\n')).toHaveLength(3);
  });
});

describe('github', () => {
  test('workflow commands with places', () => {
    expect(
      formatGitHub(reportOf({}, { severity: 'question', location: { path: 'b/qna.yaml', line: 2, column: 3 } })),
    ).toBe(
      '::error file=a/qna.yaml,line=12,endLine=14,col=5,title=schema/required::`question` is missing.\n' +
        '::warning file=b/qna.yaml,line=2,col=3,title=schema/required::`question` is missing.\n',
    );
  });

  test('no text can begin a command of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', evil), (text, tail) => {
        const output = formatGitHub(
          reportOf({ message: text + tail, location: { path: text + tail, line: 1, column: 1 } }),
        );
        expect(output.match(/[\r\n]/g)).toHaveLength(1);
        expect(output).toMatch(/^::error file=[^:,]*,line=1,col=1,title=schema\/required::/);
        expect(output.replaceAll(/[\t\n]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });

  test('the lines of a message stay lines', () => {
    expect(formatGitHub(reportOf({ message: 'a\nb' }))).toContain('::a%0Ab\n');
  });
});

describe.each([
  ['json', formatJson],
  ['sarif', (report: Report) => formatSarif(report, '1.2.3')],
])('%s', (_, format) => {
  test('is plain to a terminal, and the same to a program', () => {
    const message = `${evil}\u007f\u009b2J\u2066\u200e"\\`;
    const output = format(reportOf({ message }));
    expect(output.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(JSON.stringify(JSON.parse(output))).toContain(JSON.stringify(message));
  });
});

describe('json', () => {
  test('one object with files, findings and summary', () => {
    const report = JSON.parse(formatJson(reportOf({})));
    expect(Object.keys(report)).toEqual(['files', 'findings', 'summary']);
    expect(report.findings[0]).toMatchObject({
      rule: 'schema/required',
      severity: 'error',
      message: '`question` is missing.',
      location: { path: 'a/qna.yaml', line: 12, column: 5 },
      yamlPath: '.seed_examples[0]',
      fingerprint: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(report.summary).toEqual({ files: 2, errors: 1, questions: 0, notes: 0, unread: 0 });
  });
});

describe('sarif', () => {
  test('places, rules and fingerprints as the format asks for', () => {
    const related = [{ label: 'the first', path: 'b/qna.yaml', line: 4, sha: '' }];
    const report = reportOf({ related, location: { path: 'my skill/qna.yaml', line: 12, column: 5, endLine: 14 } });
    expect(JSON.parse(formatSarif(report, '1.2.3'))).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'Assay', semanticVersion: '1.2.3', rules: [{ id: 'schema/required' }] } },
          invocations: [{ executionSuccessful: true }],
          results: [
            {
              ruleId: 'schema/required',
              ruleIndex: 0,
              level: 'error',
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'my%20skill/qna.yaml' },
                    region: { startLine: 12, startColumn: 5, endLine: 14 },
                  },
                },
              ],
              relatedLocations: [{ id: 1, message: { text: 'the first' } }],
              partialFingerprints: { 'assay/v1': expect.any(String) },
            },
          ],
        },
      ],
    });
  });
});
