import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Field } from './fields.ts';
import { RUBRIC_VERSION } from './rubric.ts';
import { visible } from './visible.ts';

/**
 * 128 bits in hex that mark where contributed text begins and ends. Its author cannot guess them without the server's key, yet
 * equal examples get equal ones, so that a stored reply is found again. No field contains it.
 */
export function nonceFor(key: string, fields: readonly Field[]): string {
  const content = JSON.stringify(fields.map(({ name, text }) => [name, text.value]));
  for (let attempt = 0; ; attempt += 1) {
    const mac = hmac(sha256, utf8ToBytes(key), utf8ToBytes(`${RUBRIC_VERSION}\0${attempt}\0${content}`));
    const nonce = bytesToHex(mac).slice(0, 32);
    if (fields.every(({ text }) => !visible(text.value).includes(nonce))) return nonce;
  }
}
