import { expect, test } from 'vitest';
import { startProgress } from '../../src/cli/progress.ts';
import { plainTerminal } from './plain-terminal.ts';

test('a bar on a terminal, on standard error, that leaves nothing behind', () => {
  const { terminal, written } = plainTerminal({ isInteractive: true });
  const progress = startProgress('Checking', 4, terminal);
  progress.advanceTo(2);
  expect(written()).toEqual({ out: '', err: `\rChecking ${'█'.repeat(12)}${'░'.repeat(12)} 2/4` });
  progress.end();
  expect(written().err).toMatch(/\r {37}\r$/);
});

test('nothing where there is no terminal', () => {
  const { terminal, written } = plainTerminal();
  const progress = startProgress('Checking', 4, terminal);
  progress.advanceTo(4);
  progress.end();
  expect(written()).toEqual({ out: '', err: '' });
});
