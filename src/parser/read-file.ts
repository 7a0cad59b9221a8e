import type { Leaf, Text } from '../core/contribution.ts';
import { severities } from '../core/finding.ts';
import type { Concern } from '../core/finding.ts';
import { parseFile } from '../core/parse/contribution.ts';
import { decode } from '../core/parse/decode.ts';
import { MAX_CONCERNS, MAX_HITS } from '../core/parse/limits.ts';
import type { ParsedFile } from '../core/parse/parsed-file.ts';
import type { ParseOptions } from '../core/parse/qna.ts';
import { hasText } from '../core/parse/textless.ts';
import type { ChangedFile } from '../core/pull-request.ts';
import { fold } from '../core/screens/fold.ts';
import { withoutValues } from '../core/screens/without-values.ts';
import { personalDataIn } from '../core/screens/personal-data.ts';
import { concernsInTexts, personalDataConcerns, secretConcerns, textsOf } from '../core/screens/screen.ts';
import { screenText, textConcerns, topicConcerns } from '../core/screens/text-screens.ts';
import { roleOf } from '../core/taxonomy.ts';
import { secretsIn } from './secrets.ts';

/**
 * Parses one changed file and screens its text. An `attribution.txt` is never sent to a model and is there to name people, so it is
 * not screened for personal data. No concern of the file repeats a secret or a personal datum that was found in it.
 */
export async function readFile(file: ChangedFile, options: ParseOptions): Promise<ParsedFile> {
  const text = textOf(file);
  if (text === undefined) return parseFile(file, options);
  const role = roleOf(file.path);
  const secrets = await secretsIn(text);
  const personalData = role === 'attribution' ? [] : personalDataIn(text);
  const folded = fold(text);
  const found = screenText(text, folded);
  const foundCount = found.reduce((sum, { hits }) => sum + hits.length, 0);
  const room = MAX_CONCERNS - secrets.length - personalData.length - foundCount;
  const parsed = parseFile(file, { ...options, maxConcerns: Math.max(1, room) });
  const screened = { path: file.path, text, ...(parsed.leaf && { leaf: parsed.leaf }) };
  const shown = [
    ...secretConcerns(screened, secrets),
    ...personalDataConcerns(screened, personalData),
    ...textConcerns(screened, found),
    ...(role === 'qna' ? topicConcerns(screened, folded) : []),
  ];
  const hidden = parsed.leaf ? await hiddenIn(parsed.leaf, text, shown) : { concerns: [], values: [] };
  const values = [
    ...[...secrets, ...personalData].map(({ start, end }) => text.slice(start, end)),
    ...hidden.values,
    ...(await valuesQuotedBy(parsed.concerns, role === 'attribution')),
  ];
  const told = atMost(MAX_CONCERNS, [...parsed.concerns, ...shown, ...hidden.concerns]);
  return { ...parsed, concerns: withoutValues(told, values) };
}

/** So many of the concerns in their order: what must not leave this server first, then the gravest. */
function atMost(max: number, concerns: readonly Concern[]): readonly Concern[] {
  if (concerns.length <= max) return concerns;
  const rank = (concern: Concern): number => (isPrivate(concern) ? -1 : severities.indexOf(concern.severity));
  const kept = new Set(concerns.toSorted((a, b) => rank(a) - rank(b)).slice(0, max));
  return concerns.filter(concern => kept.has(concern));
}

/** Found by the screens for what must not be sent to a model. */
const isPrivate = ({ rule }: Concern): boolean => rule === 'screen/secret' || rule === 'screen/personal-data';

/** What concerns about keys and other values would show with escapes undone, where no text of the leaf holds it. */
async function valuesQuotedBy(concerns: readonly Concern[], mayNamePeople: boolean): Promise<readonly string[]> {
  if (concerns.length === 0) return [];
  const quoted = concerns.flatMap(({ message, yamlPath, flagged = '' }) => [message, yamlPath, flagged]).join(BETWEEN);
  const hits = [...(await secretsIn(quoted)), ...(mayNamePeople ? [] : personalDataIn(quoted))];
  return hits.map(({ start, end }) => quoted.slice(start, end));
}

/** What is found in the texts alone, and the values that no concern may repeat. */
type Hidden = { readonly concerns: readonly Concern[]; readonly values: readonly string[] };

/**
 * Looks at the texts as a model would read them. Most stand in the file as they are and were screened there; only those that YAML
 * writes otherwise are looked at again, all together in one pass of the detectors.
 */
async function hiddenIn(leaf: Leaf, file: string, shown: readonly Concern[]): Promise<Hidden> {
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
  if (texts.length === 0) return { concerns: [], values: [] };
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
      ...textConcerns({ path: leaf.path, text: text.value }, screenText(text.value)),
    ];
    return { text, concerns };
  });
  // What must not leave this server is counted apart: swearing in plenty must not push it out.
  const concerns = concernsInTexts(leaf, found, shown);
  return {
    concerns: [
      ...concerns.filter(isPrivate).slice(0, MAX_HITS),
      ...concerns.filter(concern => !isPrivate(concern)).slice(0, MAX_HITS),
    ],
    values: [...secrets, ...personalData].map(hit => whole.slice(hit.start, hit.end)),
  };
}

/** No detector looks over it. */
const BETWEEN = '\n\n';

/** Undefined for what is not text: it cannot be sent anywhere. */
function textOf(file: ChangedFile): string | undefined {
  if (!hasText(file) || file.content?.type !== 'bytes') return undefined;
  const decoded = decode(file.content.bytes, 'text');
  return 'text' in decoded ? decoded.text : undefined;
}
