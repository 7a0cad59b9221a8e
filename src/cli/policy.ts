import { readFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import { listSettings } from '../config/docs.ts';
import { closest } from '../core/closest.ts';
import { changesBetween } from '../core/policy-change.ts';
import { readPolicyFile } from '../core/policy-file.ts';
import { defaultPolicy } from '../core/policy.ts';
import type { Policy } from '../core/policy.ts';
import { POLICY_PATH, readPolicy } from '../core/read-policy.ts';
import type { ExitCode } from './exit-code.ts';
import { printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Files that the commands read: the policy, and the one that it builds on. */
export type PolicyFiles = { readonly file?: string; readonly on?: string };

/** Tells whether policy files can be used, each by itself, with the line of the first mistake. */
export async function checkPolicy(
  { file = POLICY_PATH, on }: PolicyFiles,
  { out, paint }: Terminal,
): Promise<ExitCode> {
  let code: ExitCode = 0;
  for (const path of on === undefined ? [file] : [on, file]) {
    const read = readPolicyFile(await readText(path));
    if (read.type === 'unusable') {
      out(`${printable(path)}:${read.line}: ${printable(read.problem)}\n`);
      code = 1;
      continue;
    }
    const changed = changesBetween(defaultPolicy, read.policy).length;
    out(
      `${paint('green', 'ok')} ${printable(path)}: ${changed === 0 ? 'all as by default' : `${changed} ${changed === 1 ? 'setting differs' : 'settings differ'} from the defaults`}\n`,
    );
  }
  return code;
}

/** Prints the whole policy that results, defaults included, as YAML. */
export async function printPolicy(files: PolicyFiles, { out, err }: Terminal): Promise<ExitCode> {
  const { policy, problem } = await load(files);
  if (problem !== undefined) err(`${printable(problem)}\n`);
  out(stringify(policy));
  return problem === undefined ? 0 : 1;
}

/** Tells what a setting is for, what it is here and by default; without a name, all that differ from the defaults. */
export async function explainPolicy(
  key: string | undefined,
  files: PolicyFiles,
  { out, err, paint }: Terminal,
): Promise<ExitCode> {
  const { policy, problem } = await load(files);
  if (problem !== undefined) err(`${printable(problem)}\n`);
  const changes = changesBetween(defaultPolicy, policy);
  if (key === undefined) {
    if (changes.length === 0) out('Everything is as by default.\n');
    for (const { key: name, before, after } of changes)
      out(
        `${paint('bold', printable(name))}: ${printable(after) || 'none'} (by default ${printable(before) || 'none'})\n`,
      );
    return problem === undefined ? 0 : 1;
  }
  const settings = listSettings();
  const named = settings.filter(({ name }) => name === key || name.startsWith(`${key}.`));
  if (named.length === 0) {
    const meant = closest(
      key,
      settings.map(({ name }) => name),
    );
    throw new Error(`${JSON.stringify(key)} is not a setting.${meant === undefined ? '' : ` Did you mean ${meant}?`}`);
  }
  for (const { name, description, standard } of named) {
    const here = changes.find(change => change.key === name || change.key === `${name}.name`)?.after;
    const byDefault = standard === undefined ? '' : ` By default: ${standard}.`;
    out(
      `${paint('bold', name)}: ${description}${byDefault}${here === undefined ? '' : ` Here: ${printable(here)}.`}\n`,
    );
  }
  return problem === undefined ? 0 : 1;
}

async function load({ file, on }: PolicyFiles): Promise<{ readonly policy: Policy; readonly problem?: string }> {
  const text = await readText(file ?? POLICY_PATH);
  // Which repository the other file is of makes no difference to what it says.
  return readPolicy(text, on === undefined ? undefined : { owner: '', name: '', text: await readText(on) });
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`${JSON.stringify(path)} cannot be read.`, { cause: error });
  }
}
