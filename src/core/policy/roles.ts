import { z } from 'zod';
import type { Rank } from '../commands/permission.ts';
import type { TriageRole } from '../commands/registry.ts';
import type { Role } from '../conversation.ts';

const PERMISSIONS = ['read', 'triage', 'write', 'maintain', 'admin'] as const satisfies readonly Role[];

const TEAM = /^[A-Za-z\d](?:[A-Za-z\d-]{0,38})\/[a-z\d_-]{1,100}$/;

const role = (description: string, permissions: readonly (typeof PERMISSIONS)[number][]) =>
  z
    .strictObject({
      permissions: z
        .array(z.enum(PERMISSIONS))
        .default([...permissions])
        .describe('Roles in the repository that count, each named: an empty list is nobody.'),
      teams: z
        .array(z.string().regex(TEAM, 'must be `organisation/team`, as in the team’s address'))
        .max(10)
        .default([])
        .describe('Teams whose members count, as `organisation/team`.'),
    })
    .prefault({})
    .describe(description);

/** Who is what. */
export const rolesSchema = z
  .strictObject({
    triager: role('May sort, ask, hold and waive.', ['triage', 'write', 'maintain', 'admin']),
    approver: role('May say that triage is done, too.', ['write', 'maintain', 'admin']),
    maintainer: role('May spend beyond the budget, too.', ['maintain', 'admin']),
  })
  .prefault({})
  .describe(
    'Who may give which commands. A maintainer may all that an approver may, an approver all that a triager may.',
  );

type Roles = z.output<typeof rolesSchema>;

/** What GitHub says about somebody and a team. `unknown`: it could not be asked, or the team is not there any more. */
export type Membership = 'member' | 'no' | 'unknown';

const fromTheTop = ['maintainer', 'approver', 'triager'] as const satisfies readonly TriageRole[];

/**
 * The highest role that somebody has by their permission and teams. Teams are asked for only where the permission alone does not
 * give the role. Not sure when a higher one could not be ruled out.
 */
export async function rankOf(
  roles: Roles,
  permission: Role,
  membershipOf: (team: string) => Promise<Membership>,
): Promise<{ readonly rank: Rank; readonly isSure: boolean }> {
  let isSure = permission !== 'unknown';
  for (const name of fromTheTop) {
    const { permissions, teams } = roles[name];
    if (permissions.some(each => each === permission)) return { rank: name, isSure };
    for (const team of teams) {
      const membership = await membershipOf(team);
      if (membership === 'member') return { rank: name, isSure };
      if (membership === 'unknown') isSure = false;
    }
  }
  return { rank: 'reader', isSure };
}
