import type { Terminal } from '../../src/cli/terminal.ts';

/** A terminal without colours that remembers what was written. */
export function plainTerminal(over: Partial<Terminal> = {}) {
  let [out, err] = ['', ''];
  const terminal: Terminal = {
    out: text => void (out += text),
    err: text => void (err += text),
    paint: (_, text) => text,
    width: 80,
    isInteractive: false,
    ...over,
  };
  return { terminal, written: () => ({ out, err }) };
}
