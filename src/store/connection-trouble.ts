/** Why PostgreSQL does not let us in, and what to do about it. */
export type ConnectionTrouble = { readonly says: string; readonly remedy: string };

/**
 * Tells it by the code of the driver or of PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html). Only the code:
 * the message can hold the user and the host.
 */
export function connectionTrouble(error: unknown): ConnectionTrouble {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case '3D000':
      return { says: 'has no database of that name', remedy: 'make an empty one or correct the name' };
    case '28000':
    case '28P01':
      return { says: 'refuses the user or the password', remedy: 'correct them' };
    case '53300':
      return { says: 'has no connection left', remedy: 'raise its max_connections or run fewer processes' };
    default:
      return {
        says: `cannot be reached${code && ` (${code})`}`,
        remedy: 'correct the address or start the server',
      };
  }
}
