import type { Leaf, Text } from '../core/contribution.ts';
import type { Concern } from '../core/finding.ts';
import { parseFile } from '../core/parse/contribution.ts';
import { decode } from '../core/parse/decode.ts';
import { MAX_CONCERNS, MAX_HITS } from '../core/parse/limits.ts';
import type { ParsedFile } from '../core/parse/parsed-file.ts';
import type { ParseOptions } from '../core/parse/qna.ts';
import { hasText } from '../core/parse/textless.ts';
import type { ChangedFile } from '../core/pull-request.ts';
import { personalDataIn } from '../core/screens/personal-data.ts';
import { concernsInTexts, personalDataConcerns, secretConcerns, textsOf } from '../core/screens/screen.ts';
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
  const shown = [...secretConcerns(screened, secrets), ...personalDataConcerns(screened, personalData)];
  const hidden = parsed.leaf ? await hiddenIn(parsed.leaf, text, shown) : [];
  return { ...parsed, concerns: [...parsed.concerns, ...shown, ...hidden] };
}

/**
 * Looks at the texts as a model would read them. Most stand in the file as they are and were screened there; only those that YAML
 * writes otherwise are looked at again, all together in one pass of the detectors.
 */
async function hiddenIn(leaf: Leaf, file: string, shown: readonly Concern[]): Promise<readonly Concern[]> {
  const lineStarts = [0];
  for (let at = file.indexOf('\n'); at !== -1; at = file.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const standsAsItIs = ({ value, line, column }: Text) => {
    const start = (lineStarts[line - 1] ?? 0) + column - 1;
    return file.startsWith(value, start) || file.startsWith(value, start + 1);
  };
  // One of each: aliases may repeat a long text very often.
  const byValue = new Map(
    textsOf(leaf)
      .toReversed()
      .map(text => [text.value, text]),
  );
  const texts = [...byValue.values()].filter(text => !standsAsItIs(text));
  if (texts.length === 0) return [];
  const whole = texts.map(({ value }) => value).join(BETWEEN);
  const [secrets, personalData] = [await secretsIn(whole), personalDataIn(whole)];
  let end = 0;
  const found = texts.map(text => {
    const start = end;
    end += text.value.length + BETWEEN.length;
    const inside = (hit: { readonly start: number }) => hit.start >= start && hit.start < end;
    const screened = { path: leaf.path, text: whole };
    const concerns = [
      ...secretConcerns(screened, secrets.filter(inside)),
      ...personalDataConcerns(screened, personalData.filter(inside)),
    ];
    return { text, concerns };
  });
  return concernsInTexts(leaf, found, shown).slice(0, MAX_HITS);
}

/** No detector looks over it. */
const BETWEEN = '\n\n';

/** Undefined for what is not text: it cannot be sent anywhere. */
function textOf(file: ChangedFile): string | undefined {
  if (!hasText(file) || file.content?.type !== 'bytes') return undefined;
  const decoded = decode(file.content.bytes, 'text');
  return 'text' in decoded ? decoded.text : undefined;
}
