import { createHmac, timingSafeEqual } from 'node:crypto';

const FORM = /^sha256=([0-9a-f]{64})$/;

/** Whether it could be an `X-Hub-Signature-256` of anything. */
export const isSignature = (signature: string | undefined): boolean => FORM.test(signature ?? '');

/**
 * Whether one of the secrets made this `X-Hub-Signature-256` over exactly these bytes. The old SHA-1 header is never enough. Takes the
 * same time whatever the signature is, so that it cannot be guessed digit by digit.
 */
export function isSigned(body: Uint8Array, signature: string | undefined, secrets: readonly string[]): boolean {
  const given = FORM.exec(signature ?? '')?.[1];
  if (given === undefined) return false;
  const bytes = Buffer.from(given, 'hex');
  return secrets
    .map(secret => timingSafeEqual(createHmac('sha256', secret).update(body).digest(), bytes))
    .includes(true);
}
