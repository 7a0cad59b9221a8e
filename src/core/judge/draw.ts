import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Choices that nobody can foresee without the server's key, and that are always the same for the same content. */
export type Draw = {
  /** So many bytes in hex, from 1 to 32. */
  hex(bytes: number): string;
  /** A whole number from 0, less than `limit`; `limit` is at most 2³². Even enough: the bias is below limit / 2³². */
  below(limit: number): number;
  /** The list in another order. */
  shuffle<T>(list: readonly T[]): readonly T[];
};

/** A source of choices: HMAC-SHA-256 of the content under the key, and of a counter under that. */
export function drawFrom(key: string, content: readonly unknown[]): Draw {
  const seed = hmac(sha256, utf8ToBytes(key), utf8ToBytes(JSON.stringify(content)));
  let counter = 0;
  let numbers: readonly number[] = [];

  const nextBlock = (): Uint8Array => hmac(sha256, seed, utf8ToBytes(String(counter++)));
  const below = (limit: number): number => {
    if (numbers.length === 0) {
      const { buffer, byteOffset, byteLength } = nextBlock();
      const view = new DataView(buffer, byteOffset, byteLength);
      numbers = Array.from({ length: byteLength / 4 }, (_, index) => view.getUint32(index * 4));
    }
    const [number = 0] = numbers;
    numbers = numbers.slice(1);
    return number % limit;
  };

  return {
    hex: bytes => bytesToHex(nextBlock()).slice(0, bytes * 2),
    below,
    shuffle(list) {
      const shuffled = [...list];
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = below(last + 1);
        const [a, b] = [shuffled[last], shuffled[other]];
        if (a !== undefined && b !== undefined) [shuffled[last], shuffled[other]] = [b, a];
      }
      return shuffled;
    },
  };
}
