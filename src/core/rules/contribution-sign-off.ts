import type { Concern } from '../finding.ts';
import type { Commit } from '../pull-request.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** More commits than these are counted, not named. */
const MAX_NAMED = 3;

/** Developer Certificate of Origin. */
export const signOff: Rule = {
  doc: {
    id: 'contribution/sign-off',
    severity: 'error',
    why: 'Every commit ends in a line `Signed-off-by: Name <address>`, by which you say that you may contribute it (Developer Certificate of Origin). Merges and commits of bots need none. A sign-off under another name alone is a note, since people use several. `dco: off` in the policy switches the rule off.',
    remedy:
      'Run `git rebase --signoff` on the base branch and push with `--force-with-lease`. For new commits use `git commit --signoff`.',
    waiver: 'maintain',
    upstream: 'A check of its own, by the DCO App.',
    frequency: 'A commit without sign-off in 4 to 14 % of the pull requests (907 heads counted).',
    mistake: { type: 'excerpt', right: '"signOff": "own"', wrong: '"signOff": "none"' },
  },
  check: (_, { pullRequest: { commits }, policy }) => {
    if (policy.dco === 'off' || commits === undefined) return [];
    const own = commits.listed.filter(({ isMerge, isByBot }) => !isMerge && !isByBot);
    const unsigned = own.filter(commit => commit.signOff === 'none');
    const foreign = own.filter(commit => commit.signOff === 'other');
    const unseen = commits.total - commits.listed.length;
    return [
      ...(unsigned.length === 0
        ? []
        : [
            concernOf(
              'error',
              unsigned,
              `${tell(unsigned, 'has', 'have')} no \`Signed-off-by\` line. Run \`git rebase --signoff\` on the base branch and push with \`--force-with-lease\`.`,
            ),
          ]),
      ...(foreign.length === 0
        ? []
        : [
            concernOf(
              'note',
              foreign,
              `${tell(foreign, 'is', 'are')} signed off under another name than the author’s. Whoever wrote a commit has to sign it off.`,
            ),
          ]),
      ...(unseen <= 0
        ? []
        : [
            concernOf(
              'question',
              [],
              `Only the first ${commits.listed.length} of ${commits.total} commits were looked at for their sign-off. Squash them, so that all can be read.`,
            ),
          ]),
    ];
  },
};

const concernOf = (severity: Concern['severity'], commits: readonly Commit[], message: string): Concern => ({
  rule: signOff.doc.id,
  severity,
  message,
  location: { path: '', line: 1, column: 1 },
  yamlPath: '.',
  flagged: commits.map(({ sha }) => sha).join(' '),
});

/** `Commit a1b2c3d ("Add rhymes") has`, `Commits a1b2c3d, … and 2 more have`. */
function tell(commits: readonly Commit[], one: string, many: string): string {
  const [first] = commits;
  if (first !== undefined && commits.length === 1) {
    const subject = first.subject.trim().slice(0, 60);
    return `Commit ${inCode(first.sha.slice(0, 7))}${subject === '' ? '' : ` (${inCode(subject)})`} ${one}`;
  }
  const named = commits.slice(0, MAX_NAMED).map(({ sha }) => inCode(sha.slice(0, 7)));
  const rest = commits.length - named.length;
  return `${commits.length} commits (${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}) ${many}`;
}
