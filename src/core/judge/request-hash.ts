import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ModelRequest } from './model.ts';

/**
 * Equal for equal requests to equal models, 64 hex digits. `identity` names the model and its address. The rubric's version is
 * in the request already: it makes the id that delimits the data.
 */
export const requestHash = (
  identity: string,
  { system, user, schema, maxCompletionTokens, sample }: ModelRequest,
): string =>
  bytesToHex(
    sha256(
      utf8ToBytes(
        JSON.stringify([
          identity,
          system,
          user,
          schema,
          maxCompletionTokens,
          ...(sample === undefined ? [] : [sample]),
        ]),
      ),
    ),
  );
