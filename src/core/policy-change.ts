import type { Policy } from './policy.ts';
import type { PolicyFile } from './policy-file.ts';

/** What a pull request would make of the policy; `unusable`: the file cannot be used as it would be. */
export type ProposedPolicy =
  | Extract<PolicyFile, { readonly type: 'unusable' }>
  | { readonly type: 'policy'; readonly policy: Policy };

/** One setting that would be another. Values as JSON; empty where there was, or would be, none. */
export type SettingChange = { readonly key: string; readonly before: string; readonly after: string };

/** Every setting in which two policies differ, in the order of the schema. Lists are compared whole. */
export function changesBetween(before: Policy, after: Policy): readonly SettingChange[] {
  const [old, fresh] = [flatten(before), flatten(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map(key => ({ key, before: old.get(key) ?? '', after: fresh.get(key) ?? '' }))
    .filter(change => change.before !== change.after);
}

/** Settings by their path, such as `labels.pass.name`. */
function flatten(value: unknown, prefix = ''): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return new Map(value === undefined ? [] : [[prefix, JSON.stringify(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...flatten(inner, prefix === '' ? key : `${prefix}.${key}`)]),
  );
}
