import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const schema = z.object({
  name: z.string(),
  description: z.string(),
  url: z.url(),
  public: z.boolean(),
  default_permissions: z.record(z.string(), z.string()),
  default_events: z.array(z.string()),
});

/** What GitHub is asked to register: app.yml with the addresses of this server. */
export type AppManifest = z.output<typeof schema> & {
  readonly hook_attributes: { readonly url: string };
  readonly redirect_url: string;
};

/** The manifest for a server at these addresses. */
export function readAppManifest(webhookUrl: string, redirectUrl: string): AppManifest {
  const text = readFileSync(new URL('../../app.yml', import.meta.url), 'utf8');
  return { ...schema.parse(parse(text)), hook_attributes: { url: webhookUrl }, redirect_url: redirectUrl };
}
