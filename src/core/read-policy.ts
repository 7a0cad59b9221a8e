import { defaultPolicy, policySchema } from './policy.ts';
import type { Policy } from './policy.ts';
import { readPolicyFile } from './policy-file.ts';
import type { Settings } from './policy-file.ts';
import type { PullRequest, RepositoryRef } from './pull-request.ts';

/** Where maintainers keep the policy. */
export const POLICY_PATH = '.github/assay.yml';

/** The repository of an organisation whose policy holds for those that have none. */
const ORGANISATION_REPOSITORY = '.github';

/** A policy, and what is wrong with a file of it if that could not be used, in words for maintainers. */
export type PolicyReading = { readonly policy: Policy; readonly problem?: string };

/** A repository whose policy another one builds on. */
export type SharedPolicyName = { readonly owner: string; readonly name: string };

/** The policy that another one builds on, as it stands in that repository; no text when there is none that we may read. */
export type SharedPolicy = SharedPolicyName & { readonly text?: string };

/**
 * What a repository's policy builds on: what its `extends` names; without a file, the policy of its organisation's `.github`
 * repository. `foreign`: it names somebody else's, who would then decide here.
 */
export function parentOf(
  text: string | undefined,
  { owner, name }: Pick<RepositoryRef, 'owner' | 'name'>,
): SharedPolicyName | 'none' | 'foreign' {
  const organisation = { owner, name: ORGANISATION_REPOSITORY };
  const isOrganisation = name.toLowerCase() === ORGANISATION_REPOSITORY;
  if (text === undefined) return isOrganisation ? 'none' : organisation;
  const file = readPolicyFile(text);
  const parent = file.type === 'settings' ? file.policy.extends : undefined;
  if (parent === undefined) return 'none';
  if (parent === 'organisation') return isOrganisation ? 'none' : organisation;
  const [itsOwner = '', itsName = ''] = parent.split('/');
  if (itsOwner.toLowerCase() !== owner.toLowerCase()) return 'foreign';
  return itsName.toLowerCase() === name.toLowerCase() ? 'none' : { owner, name: itsName };
}

/**
 * Reads the policy file's text, on top of the one that it builds on. A file that cannot be used never stops a review: the other one
 * or the defaults hold, and `problem` says in one sentence, with the line, what to mend.
 */
export function readPolicy(text: string | undefined, shared?: SharedPolicy | 'foreign'): PolicyReading {
  const parent = readShared(shared, text !== undefined);
  if (text === undefined) return withDefaults(parent.settings, parent.problem);
  const own = readPolicyFile(text);
  if (own.type === 'unusable') {
    const { problem, line } = own;
    const meanwhile = shared === undefined ? 'The defaults hold' : 'What it would build on holds';
    return withDefaults(
      parent.settings,
      `${POLICY_PATH} on the base branch cannot be used, line ${line}: ${problem}. ${meanwhile} until it is mended.`,
    );
  }
  return withDefaults(merge(parent.settings, own.settings), parent.problem);
}

/** Settings of both were read by themselves; together they fit, too, since what is joined is joined by key. */
function withDefaults(settings: Settings, problem: string | undefined): PolicyReading {
  const parsed = policySchema.safeParse(settings);
  const policy = parsed.success ? parsed.data : defaultPolicy;
  return problem === undefined ? { policy } : { policy, problem };
}

function readShared(
  shared: SharedPolicy | 'foreign' | undefined,
  isNamed: boolean,
): { readonly settings: Settings; readonly problem?: string } {
  if (shared === undefined) return { settings: {} };
  if (shared === 'foreign')
    return {
      settings: {},
      problem: `\`extends\` in ${POLICY_PATH} names a repository of somebody else, who would decide here. It counts as not written.`,
    };
  const where = `${POLICY_PATH} of ${shared.owner}/${shared.name}`;
  if (shared.text === undefined)
    return isNamed
      ? {
          settings: {},
          problem: `\`extends\` in ${POLICY_PATH} leads to ${where}, which is not there or not for the App to read.`,
        }
      : { settings: {} };
  const file = readPolicyFile(shared.text);
  if (file.type === 'unusable')
    return {
      settings: {},
      problem: `${where} cannot be used, line ${file.line}: ${file.problem}. It counts as empty.`,
    };
  // One step is enough to see where a setting comes from.
  const { extends: further, ...settings } = file.settings;
  return further === undefined
    ? { settings }
    : { settings, problem: `${where} has an \`extends\` of its own, which does not count: one step is enough.` };
}

/** Whether a pull request would change the policy. */
export const touchesPolicy = ({ files }: Pick<PullRequest, 'files'>): boolean =>
  files.some(({ path, previousPath }) => path === POLICY_PATH || previousPath === POLICY_PATH);

/** Mappings are joined key by key; a list or a word takes the place of the other one. */
export function merge(below: Settings, above: Settings): Settings {
  const keys = new Set([...Object.keys(below), ...Object.keys(above)]);
  return Object.fromEntries(
    [...keys].map(key => {
      const [old, own] = [below[key], above[key]];
      if (!Object.hasOwn(above, key)) return [key, old];
      return [key, isMapping(old) && isMapping(own) ? merge(old, own) : own];
    }),
  );
}

const isMapping = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
