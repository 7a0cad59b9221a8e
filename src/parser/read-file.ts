import { hasText, parseFile, type ParsedFile } from '../core/parse/contribution.ts';
import { decode } from '../core/parse/decode.ts';
import type { ParseOptions } from '../core/parse/qna.ts';
import type { ChangedFile } from '../core/pull-request.ts';
import { personalDataConcerns, secretConcerns } from '../core/screens/screen.ts';
import { secretsIn } from './secrets.ts';

/**
 * Parses one changed file and screens its text for what must not be sent to a model. An `attribution.txt` is never sent and is
 * there to name people, so it is screened for secrets alone.
 */
export async function readFile(file: ChangedFile, options: ParseOptions): Promise<ParsedFile> {
  const parsed = parseFile(file, options);
  if (!hasText(file) || file.content?.type !== 'bytes') return parsed;
  const decoded = decode(file.content.bytes, 'text');
  if (!('text' in decoded)) return parsed;
  const screened = { path: file.path, text: decoded.text, ...(parsed.leaf && { leaf: parsed.leaf }) };
  const secrets = secretConcerns(screened, await secretsIn(decoded.text));
  const personal = parsed.account.role === 'attribution' ? [] : personalDataConcerns(screened);
  return { ...parsed, concerns: [...parsed.concerns, ...secrets, ...personal] };
}
