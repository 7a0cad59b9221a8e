import { LineCounter, isMap, isScalar, parseDocument } from 'yaml';
import { z } from 'zod';
import { closest } from './closest.ts';
import { defaultPolicy, policySchema } from './policy.ts';
import type { Policy } from './policy.ts';

/** Maintainers write short files; more than this is not a policy. */
const MAX_POLICY_LENGTH = 64_000;

/** Settings as somebody wrote them, nothing added. */
export type Settings = Readonly<Record<string, unknown>>;

/** What stands in a policy file: settings that fit the schema, or the first thing that is wrong, with its line (from 1). */
export type PolicyFile =
  | { readonly type: 'settings'; readonly settings: Settings; readonly policy: Policy }
  | { readonly type: 'unusable'; readonly line: number; readonly problem: string };

/** Reads a policy file's text by itself. Never throws. */
export function readPolicyFile(text: string): PolicyFile {
  if (text.length > MAX_POLICY_LENGTH) return unusable(1, 'the file is too long to be a policy');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, logLevel: 'silent' });
  const [syntaxError] = document.errors;
  if (syntaxError !== undefined) return unusable(lineCounter.linePos(syntaxError.pos[0]).line, 'it is not valid YAML');
  const plain = toPlain(document) ?? {};
  const parsed = policySchema.safeParse(plain);
  if (parsed.success) return { type: 'settings', settings: settingsIn(plain), policy: parsed.data };
  const issue = nearest(parsed.error.issues[0]);
  return issue === undefined ? unusable(1, 'it does not fit the schema') : unusable(lineOf(issue), complaint(issue));

  function lineOf({ path, ...issue }: z.core.$ZodIssue): number {
    const found: unknown = document.getIn(path, true);
    const [unknownKey] = issue.code === 'unrecognized_keys' ? issue.keys : [];
    const pair = isMap(found) ? found.items.find(({ key }) => isScalar(key) && key.value === unknownKey) : undefined;
    const node: unknown = pair === undefined ? found : pair.key;
    const range = z.object({ range: z.tuple([z.number()]).rest(z.number()) }).safeParse(node);
    return range.success ? lineCounter.linePos(range.data.range[0]).line : 1;
  }
}

/** The settings of something that fits the schema, or anything else's none. */
const settingsIn = (plain: unknown): Settings => z.record(z.string(), z.unknown()).safeParse(plain).data ?? {};

const unusable = (line: number, problem: string): PolicyFile => ({ type: 'unusable', line, problem });

/** Undefined for an empty file; aliases are not for policies, so a bomb of them is refused by the limit of none. */
function toPlain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return 'aliases';
  }
}

/**
 * Of a setting that may be a word or a mapping, what is wrong with the mapping, if somebody wrote one: that reaches further in, or
 * is about a key.
 */
function nearest(issue: z.core.$ZodIssue | undefined): z.core.$ZodIssue | undefined {
  if (issue?.code !== 'invalid_union') return issue;
  const inner = issue.errors.flat().find(each => each.path.length > 0 || each.code === 'unrecognized_keys');
  return inner === undefined ? issue : nearest({ ...inner, path: [...issue.path, ...inner.path] });
}

function complaint(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const meant = closest(key, issue.path.length === 0 ? Object.keys(policySchema.shape) : nestedKeys(issue.path));
    return `\`${[...issue.path, key].join('.')}\` is not a setting${meant === undefined ? '' : ` (did you mean \`${meant}\`?)`}`;
  }
  const where = issue.path.length === 0 ? 'the file' : `\`${issue.path.join('.')}\``;
  // Of a key that may not be one, the schema's own words stand one level deeper.
  const [deeper] = issue.code === 'invalid_key' ? issue.issues : [];
  return `${where}: ${(deeper ?? issue).message}`;
}

const nestedKeys = (path: readonly PropertyKey[]): readonly string[] => {
  const nested: unknown = path.reduce<unknown>(
    (value, key) => (z.record(z.string(), z.unknown()).safeParse(value).data ?? {})[String(key)],
    defaultPolicy,
  );
  return Object.keys(z.record(z.string(), z.unknown()).safeParse(nested).data ?? {});
};
