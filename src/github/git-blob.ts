import { createHash } from 'node:crypto';

/** Git's id of a file with these bytes. What does not hash to the id that was asked for is not what stands in the commit. */
export const gitBlobSha = (bytes: Uint8Array): string =>
  createHash('sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex');
