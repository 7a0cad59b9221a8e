import { codeSpan } from '../escape.ts';
import { ESCALATED_MARKER } from '../markers.ts';
import type { ReviewFacts } from '../plan/facts.ts';

/** Two sentences for somebody who is new here, and how to check before a push where the policy says how. */
export function renderWelcome({ pullRequest, policy }: Pick<ReviewFacts, 'pullRequest' | 'policy'>): string {
  const { welcome, checkCommand } = policy.conversation;
  if (welcome === 'off' || pullRequest.isFirst !== true || pullRequest.author.isBot) return '';
  const how = checkCommand === undefined ? '' : ` To see the same before you push: ${codeSpan(checkCommand)}`;
  return `Welcome, and thank you for your first contribution here! This comment says what is missing and is kept up to date after every push; nobody expects the first try to be right.${how}`;
}

/**
 * The one mention of a pull request's life: of the team that the policy names, once there is a question for triagers. It stays
 * where it is afterwards, since a mention that comes back would call people again.
 */
export function renderEscalation(
  facts: Pick<ReviewFacts, 'policy' | 'verdict' | 'decisions' | 'wasEscalated'>,
): string {
  const { policy, verdict, decisions, wasEscalated = false } = facts;
  const { escalateTo } = policy.conversation;
  if (escalateTo === undefined) return wasEscalated ? ESCALATED_MARKER : '';
  const isAsked =
    decisions.status === undefined ? verdict.outcome === 'escalate' : decisions.status.type === 'uncertain';
  return wasEscalated || isAsked
    ? `@${escalateTo} was asked to look, because there was a question.\n${ESCALATED_MARKER}`
    : '';
}
