import type { Terminal } from './terminal.ts';

const BAR_WIDTH = 24;

/** A bar on standard error while something long runs; nothing where that is no terminal. */
export function startProgress(label: string, total: number, { err, isInteractive }: Terminal) {
  let shown = '';
  const draw = (done: number) => {
    const filled = total === 0 ? BAR_WIDTH : Math.floor((done / total) * BAR_WIDTH);
    const line = `\r${label} ${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${done}/${total}`;
    if (!isInteractive || line === shown) return;
    shown = line;
    err(line);
  };
  return {
    advanceTo: draw,
    /** Takes the bar away, so that what follows starts on a clean line. */
    end: () => {
      if (shown !== '') err(`\r${' '.repeat(shown.length - 1)}\r`);
      shown = '';
    },
  };
}
