import { styleText } from 'node:util';

/** Where a command writes. Results go to `out`; progress, logs and failures to `err`. */
export type Terminal = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly paint: Paint;
  /** Columns of the terminal; 80 where there is none. */
  readonly width: number;
  /** `err` is a terminal on which a line may be drawn again. */
  readonly isInteractive: boolean;
};

/** Colours a text, where colours are wanted. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** The process's own terminal. Colours follow NO_COLOR, FORCE_COLOR and whether standard output is a terminal. */
export function processTerminal({ stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>): Terminal {
  // A reader that has seen enough (`| head`) is no failure.
  stdout.on('error', error => {
    if ('code' in error && error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
  return {
    out: text => void stdout.write(text),
    err: text => void stderr.write(text),
    paint: (style, text) => styleText(style, text, { stream: stdout }),
    width: stdout.columns > 0 ? stdout.columns : 80,
    isInteractive: stderr.isTTY && process.env['CI'] === undefined,
  };
}

/**
 * Makes a contributor's text safe to print: control characters and the marks that turn the direction of text could rewrite what
 * the terminal shows. Line feeds and tabs become blanks unless `keepLines`.
 */
export const printable = (text: string, { keepLines = false } = {}): string =>
  text
    .replaceAll(keepLines ? /\r\n?/g : /[\r\n\t]+/g, keepLines ? '\n' : ' ')
    .replaceAll(/[^\P{C}\n\t]/gu, character => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
