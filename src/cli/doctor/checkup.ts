import { printable } from '../terminal.ts';
import type { Paint } from '../terminal.ts';

/** One thing that the doctor looked at. `skipped`: it could not be looked at, or is not in use; that is not wrong. */
export type Checkup = {
  readonly name: string;
  readonly state: 'fine' | 'wrong' | 'skipped';
  /** What was seen. */
  readonly says: string;
  /** What to do about it; only when it is wrong. */
  readonly remedy?: string;
};

const marks = { fine: ['green', '✓'], wrong: ['red', '✗'], skipped: ['dim', '–'] } as const;

/** One line, remedy included. */
export function formatCheckup({ name, state, says, remedy }: Checkup, paint: Paint): string {
  const [colour, mark] = marks[state];
  const advice = remedy === undefined ? '' : ` ${remedy}`;
  return `${paint(colour, mark)} ${paint('bold', name)}: ${printable(says + advice)}\n`;
}
