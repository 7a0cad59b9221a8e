import type { Role } from '../conversation.ts';

/** Words that may follow `/assay`. */
export type Verb = 'help' | 'review';

/** One command: what it does and who may give it. Parser, help, permission and docs are all made from these. */
export type CommandEntry = {
  readonly verb: Verb;
  /** After `/assay`, with arguments in brackets if there are any. */
  readonly usage: string;
  /** One sentence, for people. */
  readonly description: string;
  /** The lowest role that may, and whether whoever opened the pull request may without it. */
  readonly allowed: { readonly role: Exclude<Role, 'none' | 'unknown'>; readonly author: boolean };
  readonly examples: readonly string[];
};

/** Every command, in the order in which people should read them. */
export const commands: readonly CommandEntry[] = [
  {
    verb: 'review',
    usage: 'review',
    description: 'Looks at the whole pull request again. What has not changed is not asked of the model again.',
    allowed: { role: 'triage', author: true },
    examples: ['/assay review'],
  },
  {
    verb: 'help',
    usage: 'help',
    description: 'Lists the commands and who may give them.',
    allowed: { role: 'read', author: true },
    examples: ['/assay help'],
  },
];

/** The entry of a verb. */
export const entryOf = (verb: Verb): CommandEntry | undefined => commands.find(entry => entry.verb === verb);

/** Who may give a command, in words: `the contributor, or anyone with the triage role`. */
export function whoMay({ allowed }: Pick<CommandEntry, 'allowed'>): string {
  if (allowed.role === 'read') return 'everyone who can comment';
  const role = allowed.role === 'admin' ? 'the admin role' : `the ${allowed.role} role or a higher one`;
  return allowed.author ? `the contributor, or anyone with ${role}` : `anyone with ${role}`;
}
