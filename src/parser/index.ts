import { MAX_MILLISECONDS } from '../core/parse/limits.ts';
import { contributionOf, unread, type ParsedFile } from '../core/parse/parsed-file.ts';
import type { ParseOptions } from '../core/parse/qna.ts';
import { hasText, parseTextless } from '../core/parse/textless.ts';
import type { ChangedFile } from '../core/pull-request.ts';
import type { ParseFiles } from '../ports.ts';
import { startThread, WORKER, type Ending, type Thread } from './thread.ts';

export type ParserOptions = ParseOptions & {
  /** For one file, in milliseconds. The thread's start does not count. */
  readonly timeLimitMs?: number;
  /** Code of the thread; ours unless told. */
  readonly worker?: URL;
};

export type Parser = {
  /** Rejects when the parser is closed or its thread cannot start; never for what the files hold. */
  readonly parse: ParseFiles;
  /** Starts the thread now, for a caller that has something to do before its first file. */
  readonly begin: () => void;
  /** Ends the thread. Requests that still wait are rejected. */
  readonly close: () => Promise<void>;
};

/**
 * Reads files off the calling thread, so that it can go on answering. One thread for all requests, started with the first and
 * replaced when a file holds it for too long or fills its memory: that file alone is given up. Requests that come in together take
 * turns, file by file, so a large one does not keep a small one waiting.
 */
export function startParser({
  schemaVersion = 'highest',
  profile = 'assay',
  suggestions = 'proved',
  timeLimitMs = MAX_MILLISECONDS,
  worker = WORKER,
}: ParserOptions = {}): Parser {
  let thread: Thread | undefined;
  let isClosed = false;
  /** Settles when everybody who came before has had a turn. */
  let turn: Promise<unknown> = Promise.resolve();

  const begin = (): Thread => {
    if (thread?.isAlive() !== true) thread = startThread({ timeLimitMs, worker });
    return thread;
  };
  const inThread = async (file: ChangedFile): Promise<ParsedFile> => {
    if (isClosed) throw new Error('The parser is closed.');
    return parsedFrom(await begin().read(file, { schemaVersion, profile, suggestions }), file, timeLimitMs);
  };
  const inTurn = (file: ChangedFile): Promise<ParsedFile> => {
    const mine = turn.then(() => inThread(file));
    turn = mine.catch(() => undefined);
    return mine;
  };

  const parse: ParseFiles = async files => {
    const parsed: ParsedFile[] = [];
    // One after the other: whoever asks meanwhile stands next in line.
    for (const file of files) parsed.push(hasText(file) ? await inTurn(file) : parseTextless(file));
    return contributionOf(parsed);
  };
  const close = async (): Promise<void> => {
    isClosed = true;
    await thread?.end();
  };
  return { parse, begin: () => void begin(), close };
}

function parsedFrom(ending: Ending, file: ChangedFile, timeLimitMs: number): ParsedFile {
  if (ending.type === 'parsed') return ending.parsed;
  if (ending.type === 'failed') {
    const { account } = unread(file, `Assay failed to read it (${ending.reason})`, '', '');
    return { account, concerns: [] };
  }
  const [reason, limit] =
    ending.type === 'stopped'
      ? ['it took too long', `time than the ${timeLimitMs / 1000} seconds that a file may`]
      : ['it took too much memory', 'memory than a file may'];
  const message = `Reading this file took more ${limit}, so it was given up. Make it smaller and simpler.`;
  return unread(file, reason, 'yaml/too-slow', message);
}
