import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { AppManifest } from './permissions.ts';

const schema = z.object({
  default_permissions: z.record(z.string(), z.string()),
  default_events: z.array(z.string()),
});

/** The permissions and events of app.yml, which is part of the package. */
export async function readAppManifest(): Promise<AppManifest> {
  const text = await readFile(new URL('../../../app.yml', import.meta.url), 'utf8');
  const { default_permissions, default_events } = schema.parse(parse(text));
  return { permissions: default_permissions, events: default_events };
}
