import type { ParsedFile } from '../core/parse/parsed-file.ts';
import type { ParseOptions } from '../core/parse/qna.ts';
import type { ChangedFile } from '../core/pull-request.ts';

/** What the thread is told when it starts: the folder in which compiled code is kept for the next start, if one is. */
export type ThreadData = { readonly compiled?: string };

/** One file to read. */
export type Question = { readonly id: number; readonly file: ChangedFile; readonly options: ParseOptions };

/** `ready` once the thread has loaded its code: the time for a file counts from there. `failed` is a defect of ours. */
export type Answer =
  | { readonly type: 'ready' }
  | { readonly type: 'parsed'; readonly id: number; readonly parsed: ParsedFile }
  | { readonly type: 'failed'; readonly id: number; readonly reason: string };
