import { createHash } from 'node:crypto';

/** Git's id of a file's bytes. */
export const gitBlobId = (bytes: Uint8Array): string =>
  createHash('sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex');
