import type { OneShot, Standing } from './command.ts';

/** Words that may follow `/assay`. */
export type Verb = (OneShot | Standing)['type'];

/** What somebody is to a repository; the policy says who. A higher one may all that a lower one may. */
export type TriageRole = 'triager' | 'approver' | 'maintainer';

/** What follows the verb. `[…]` in `usage` may be left out. */
export type Argument =
  | 'none'
  | 'finding'
  | 'finding-and-reason'
  | 'reason'
  | 'optional-reason'
  | 'login'
  | 'pull-request';

/** One command: what it does and who may give it. Parser, help, permission and docs are all made from these. */
export type CommandEntry = {
  readonly verb: Verb;
  /** After `/assay`, with arguments in capitals, those that may be left out in brackets. */
  readonly usage: string;
  readonly argument: Argument;
  /** Switches that it knows, such as `--judge`. */
  readonly switches?: readonly string[];
  /** One sentence, for people. */
  readonly description: string;
  /**
   * The lowest role that may; `reader` is everyone who can comment. `author`: whoever opened the pull request may without a role
   * (`yes`), needs the role like everybody (`as-role`), or may not even with it (`never`: nobody decides on their own).
   */
  readonly allowed: { readonly role: TriageRole | 'reader'; readonly author: 'yes' | 'as-role' | 'never' };
  readonly examples: readonly string[];
};

/** Every command, in the order in which people should read them. */
export const commands: readonly CommandEntry[] = [
  {
    verb: 'review',
    usage: 'review [--judge]',
    argument: 'none',
    switches: ['--judge'],
    description:
      'Looks at the whole pull request again. What has not changed is not asked of the model again. With `--judge` a maintainer lets the judge read although its budget is spent.',
    allowed: { role: 'triager', author: 'yes' },
    examples: ['/assay review', '/assay review --judge'],
  },
  {
    verb: 'explain',
    usage: 'explain FINDING',
    argument: 'finding',
    description: 'Says why the finding is one, what it is based on, and how to mend it.',
    allowed: { role: 'triager', author: 'yes' },
    examples: ['/assay explain 3f9a2c1'],
  },
  {
    verb: 'dispute',
    usage: 'dispute FINDING REASON',
    argument: 'finding-and-reason',
    description: 'Says that the finding is wrong. It stays until a triager has looked; the check does not change.',
    allowed: { role: 'triager', author: 'yes' },
    examples: ['/assay dispute 3f9a2c1 The word stands in the quoted source'],
  },
  {
    verb: 'waive',
    usage: 'waive FINDING REASON',
    argument: 'finding-and-reason',
    description:
      'Takes the weight from a finding, or from all that a rule found. It holds until what was flagged changes; that of a rule, or of what a screen found (`screen/…`), until the content changes.',
    allowed: { role: 'triager', author: 'never' },
    examples: [
      '/assay waive 3f9a2c1 The phone number is the one of the office',
      '/assay waive layout/directory-name Agreed in the meeting',
    ],
  },
  {
    verb: 'unwaive',
    usage: 'unwaive FINDING',
    argument: 'finding',
    description: 'Takes a waiver back, whoever gave it.',
    allowed: { role: 'triager', author: 'as-role' },
    examples: ['/assay unwaive 3f9a2c1'],
  },
  {
    verb: 'hold',
    usage: 'hold [REASON]',
    argument: 'optional-reason',
    description: 'Keeps `assay/rules` from passing until `unhold`.',
    allowed: { role: 'triager', author: 'as-role' },
    examples: ['/assay hold Waiting for the meeting on Thursday'],
  },
  {
    verb: 'unhold',
    usage: 'unhold',
    argument: 'none',
    description: 'Ends all holds.',
    allowed: { role: 'triager', author: 'never' },
    examples: ['/assay unhold'],
  },
  {
    verb: 'request-changes',
    usage: 'request-changes [REASON]',
    argument: 'optional-reason',
    description: 'Makes it the contributor’s turn. After the next push a triager is asked again.',
    allowed: { role: 'triager', author: 'as-role' },
    examples: ['/assay request-changes Please show the reasoning in each answer'],
  },
  {
    verb: 'uncertain',
    usage: 'uncertain QUESTION',
    argument: 'reason',
    description: 'Asks the other triagers. The question stands in Assay’s comment until there is a decision.',
    allowed: { role: 'triager', author: 'as-role' },
    examples: ['/assay uncertain Does this belong under linguistics or under writing?'],
  },
  {
    verb: 'approve',
    usage: 'approve',
    argument: 'none',
    description:
      'Says that triage is done. It needs a pull request without anything that must change, holds for its present content, and is no approving review on GitHub.',
    allowed: { role: 'approver', author: 'never' },
    examples: ['/assay approve'],
  },
  {
    verb: 'reject',
    usage: 'reject REASON',
    argument: 'reason',
    description:
      'Says that the contribution is not taken, and why. A single word that names a template of the policy, such as `jokes`, stands for its text. Closing is left to you.',
    allowed: { role: 'triager', author: 'as-role' },
    examples: ['/assay reject jokes', '/assay reject The source cannot be used'],
  },
  {
    verb: 'topic-failure',
    usage: 'topic-failure [REASON]',
    argument: 'optional-reason',
    description: 'Says that the topic is none that is taken.',
    allowed: { role: 'triager', author: 'as-role' },
    examples: ['/assay topic-failure Medical advice'],
  },
  {
    verb: 'legal-hold',
    usage: 'legal-hold [REASON]',
    argument: 'optional-reason',
    description: 'Says that the contribution waits for legal advice. It ends with the next decision.',
    allowed: { role: 'triager', author: 'as-role' },
    examples: ['/assay legal-hold The source is not on the list'],
  },
  {
    verb: 'duplicate-of',
    usage: 'duplicate-of #NUMBER',
    argument: 'pull-request',
    description: 'Says that another pull request has the same; this one is not taken.',
    allowed: { role: 'triager', author: 'as-role' },
    examples: ['/assay duplicate-of #123'],
  },
  {
    verb: 'precheck',
    usage: 'precheck',
    argument: 'none',
    description: 'Asks the student model the questions, to see what it knows already.',
    allowed: { role: 'triager', author: 'as-role' },
    examples: ['/assay precheck'],
  },
  {
    verb: 'assign',
    usage: 'assign [@LOGIN]',
    argument: 'login',
    description: 'Assigns the pull request to somebody, or to you.',
    allowed: { role: 'triager', author: 'as-role' },
    examples: ['/assay assign', '/assay assign @jo-doe'],
  },
  {
    verb: 'unassign',
    usage: 'unassign [@LOGIN]',
    argument: 'login',
    description: 'Takes an assignment back, yours unless told.',
    allowed: { role: 'triager', author: 'as-role' },
    examples: ['/assay unassign', '/assay unassign @jo-doe'],
  },
  {
    verb: 'help',
    usage: 'help',
    argument: 'none',
    description: 'Lists the commands and who may give them.',
    allowed: { role: 'reader', author: 'yes' },
    examples: ['/assay help'],
  },
];

/** The entry of a verb. */
export const entryOf = (verb: Verb): CommandEntry | undefined => commands.find(entry => entry.verb === verb);

/** Who may give a command, in words: `the contributor and triagers`. */
export function whoMay({ allowed: { role, author } }: Pick<CommandEntry, 'allowed'>): string {
  if (role === 'reader') return 'everyone who can comment';
  if (author === 'yes') return `the contributor and ${role}s`;
  return author === 'never' ? `${role}s, but not for a pull request of their own` : `${role}s`;
}
