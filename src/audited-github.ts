import { auditedAction } from './core/audit.ts';
import type { AuditEntry } from './core/audit.ts';
import type { GitHub } from './ports.ts';

/**
 * GitHub with every step written down, with what it made or which kind of trouble it met, before the next one. A kill between a
 * step and its line leaves it without one: GitHub itself has it.
 */
export function auditedGitHub<Port extends Pick<GitHub, 'apply'>>(
  github: Port,
  record: (entry: AuditEntry) => Promise<void>,
  now: () => Date,
): Port {
  return {
    ...github,
    async apply(target, action) {
      const entry = (): AuditEntry & { readonly kind: 'write' } => ({
        at: now().toISOString(),
        repository: target.repository,
        ...('number' in target && { number: target.number }),
        kind: 'write',
        action: auditedAction(action),
      });
      try {
        const created = await github.apply(target, action);
        await record({ ...entry(), ...(created !== undefined && { created }) });
        return created;
      } catch (error) {
        // The name of our own kind alone: a message may hold what a contributor wrote.
        await record({ ...entry(), trouble: error instanceof Error ? error.name : 'unknown' });
        throw error;
      }
    },
  };
}
