import { describe, expect, test } from 'vitest';
import { readCorpus } from './corpus.ts';
import { fuzz } from './fuzz.ts';
import { mutate } from './mutations.ts';
import { startReader, tryFile } from './round.ts';

describe('the fuzz test (`npm run fuzz` runs it for longer)', () => {
  test('finds nothing in 300 changed files', async () => {
    const { originals } = readCorpus();
    expect(originals.length).toBeGreaterThan(50);
    const { files, failure } = await fuzz(originals, 7, { count: 300 });
    expect([files, failure]).toEqual([300, undefined]);
  });

  test('would tell of a file that takes too long', async () => {
    const reader = startReader();
    const stuck = {
      ...reader,
      parse: () => Promise.resolve({ leaves: [], attributions: [], concerns: [], account: [slow] }),
    };
    const slow = { path: 'knowledge/a/qna.yaml', role: 'qna', state: 'unread', reason: 'it took too long' } as const;
    await expect(tryFile('knowledge/a/qna.yaml', new Uint8Array(), stuck)).rejects.toThrow('it took too long');
    await reader.close();
  });

  test('would tell of a finding outside of its file', async () => {
    const concern = {
      rule: 'yaml/syntax',
      severity: 'error',
      message: '',
      location: { path: 'a', line: 3, column: 1 },
      yamlPath: '.',
    } as const;
    const contribution = { leaves: [], attributions: [], account: [], concerns: [concern] };
    const reader = { ...startReader(), parse: () => Promise.resolve(contribution) };
    await expect(tryFile('knowledge/a/qna.yaml', Buffer.from('a: b\n'), reader)).rejects.toThrow('outside of the file');
  });

  test('changes lines, values and bytes', () => {
    const text = 'a: 1\nb: 2\nc: 3\n';
    const changed = mutate(text, [
      { type: 'value', at: 0, value: 'yes' },
      { type: 'lines', how: 'double', at: 0.3, to: 0 },
      { type: 'text', at: 0.99, insert: '#' },
    ]);
    expect(Buffer.from(changed).toString()).toBe('a: yes\nb: 2\nb: 2\nc: 3#\n');
  });
});
