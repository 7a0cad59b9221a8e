import { hasText, parseFile, type ParsedFile } from '../core/parse/contribution.ts';
import { decode } from '../core/parse/decode.ts';
import { MAX_CONCERNS } from '../core/parse/limits.ts';
import type { ParseOptions } from '../core/parse/qna.ts';
import type { ChangedFile } from '../core/pull-request.ts';
import { personalDataIn } from '../core/screens/personal-data.ts';
import { personalDataConcerns, secretConcerns } from '../core/screens/screen.ts';
import { roleOf } from '../core/taxonomy.ts';
import { secretsIn } from './secrets.ts';

/**
 * Parses one changed file and screens its text for what must not be sent to a model. An `attribution.txt` is never sent and is
 * there to name people, so it is screened for secrets alone.
 */
export async function readFile(file: ChangedFile, options: ParseOptions): Promise<ParsedFile> {
  const text = textOf(file);
  if (text === undefined) return parseFile(file, options);
  const secrets = await secretsIn(text);
  const personalData = roleOf(file.path) === 'attribution' ? [] : personalDataIn(text);
  const maxConcerns = MAX_CONCERNS - secrets.length - personalData.length;
  const parsed = parseFile(file, { ...options, maxConcerns });
  const screened = { path: file.path, text, ...(parsed.leaf && { leaf: parsed.leaf }) };
  const concerns = [
    ...parsed.concerns,
    ...secretConcerns(screened, secrets),
    ...personalDataConcerns(screened, personalData),
  ];
  return { ...parsed, concerns };
}

/** Undefined for what is not text: it cannot be sent anywhere. */
function textOf(file: ChangedFile): string | undefined {
  if (!hasText(file) || file.content?.type !== 'bytes') return undefined;
  const decoded = decode(file.content.bytes, 'text');
  return 'text' in decoded ? decoded.text : undefined;
}
