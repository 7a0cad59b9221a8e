import type { Command, Misunderstood } from './command.ts';
import type { Argument, CommandEntry, Verb } from './registry.ts';

/** Of a reason. GitHub's comments hold far more; what is shown again must stay readable. UTF-16 units. */
const MAX_REASON = 500;

type Answer = Command | Misunderstood;

/**
 * Makes a command of what follows its verb on the line. An argument may stand in quotes. Words after a command that takes none are
 * politeness and ignored; a switch that we do not know would not do what it says, and a missing argument is told.
 */
export function parseArguments(entry: CommandEntry, text: string): Answer {
  const { verb, argument, switches = [] } = entry;
  const given = argument === 'none' || argument === 'login' || argument === 'pull-request' ? switchesIn(text) : [];
  const strange = given.find(name => !switches.includes(name));
  if (strange !== undefined) return malformed(verb, `it has no switch \`${cut(strange, 40)}\``);
  const isGiven = (name: string): boolean => given.includes(name);
  switch (verb) {
    case 'help':
    case 'unhold':
    case 'approve':
    case 'precheck':
      return { type: verb };
    case 'review':
      return isGiven('--judge') ? { type: verb, judge: true } : { type: verb, judge: false };
    case 'explain':
    case 'unwaive':
      return withFinding(verb, argument, text, finding => ({ type: verb, finding }));
    case 'dispute':
    case 'waive':
      return withFinding(verb, argument, text, (finding, reason) => ({ type: verb, finding, reason }));
    case 'hold':
    case 'legal-hold':
    case 'topic-failure':
    case 'request-changes': {
      const reason = reasonOf(text);
      return { type: verb, ...(reason !== '' && { reason }) };
    }
    case 'uncertain':
    case 'reject': {
      const reason = reasonOf(text);
      if (reason !== '') return { type: verb, reason };
      return malformed(verb, verb === 'reject' ? 'it needs a reason' : 'it needs a question');
    }
    case 'assign':
    case 'unassign': {
      const [word = ''] = text.trim().split(/\s/, 1);
      if (word === '') return { type: verb };
      const login = /^@?([A-Za-z\d](?:[A-Za-z\d-]{0,38}))$/.exec(unquoted(word))?.[1];
      return login === undefined ? malformed(verb, 'that is no account’s name') : { type: verb, login };
    }
    case 'duplicate-of': {
      const digits = /^#?([1-9]\d{0,8})$/.exec(unquoted(text.trim().split(/\s/, 1)[0] ?? ''))?.[1];
      if (digits === undefined) return malformed(verb, 'it needs the number of a pull request, such as `#123`');
      return { type: verb, pullRequest: Number(digits) };
    }
  }
}

/** The 7 digits that are printed beside a finding, longer ones of the same, or the id of a rule. */
const FINDING = /^(?:[0-9a-f]{7,40}|[a-z][a-z\d-]{0,30}\/[a-z\d][a-z\d-]{0,60})$/;

function withFinding(
  verb: Verb,
  argument: Argument,
  text: string,
  make: (finding: string, reason: string) => Command,
): Answer {
  const [word, rest] = firstArgument(text.trim());
  const finding = unquoted(word).replace(/^`|`$/g, '').toLowerCase();
  if (finding === '') return malformed(verb, 'it needs the id of a finding, which stands beside it');
  if (!FINDING.test(finding))
    return malformed(verb, `\`${cut(finding, 40)}\` is neither the id of a finding nor of a rule`);
  const reason = reasonOf(rest);
  if (argument === 'finding-and-reason' && reason === '') return malformed(verb, 'it needs a reason');
  return make(finding, reason);
}

/** The first word, or what stands between two quotes, and what follows it. */
function firstArgument(text: string): readonly [word: string, rest: string] {
  const end = text.startsWith('"') ? text.indexOf('"', 1) + 1 : text.search(/\s/);
  return end <= 0 ? [text, ''] : [text.slice(0, end), text.slice(end)];
}

const reasonOf = (text: string): string => cut(unquoted(text.trim()).trim(), MAX_REASON);

/** Plain and typographic quotes around the whole. */
function unquoted(text: string): string {
  const [first = '', last = ''] = [text[0], text.at(-1)];
  const isQuoted = text.length >= 2 && (quotes.get(first)?.includes(last) ?? false);
  return isQuoted ? text.slice(1, -1) : text;
}

const quotes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['“', '”“'],
  ['„', '“”'],
  ['«', '»'],
]);

const switchesIn = (text: string): readonly string[] => text.split(/\s+/).filter(word => /^-{1,2}[a-z]/i.test(word));

const malformed = (verb: Verb, problem: string): Misunderstood => ({ type: 'malformed', verb, problem });

/** Never half a character. */
const cut = (text: string, length: number): string => text.slice(0, length).toWellFormed();
