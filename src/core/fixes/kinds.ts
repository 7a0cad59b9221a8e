import { addVersion, correctVersion } from './correct-version.ts';
import type { Kind } from './kind.ts';
import { quoteScalar } from './quote-scalar.ts';
import { removeRepeatedKey } from './remove-repeated-key.ts';
import { renameKey } from './rename-key.ts';
import { endLastLine, trimBlanks } from './trim-blanks.ts';

/** Everything that one click can mend in a file that can be read. What keeps a file from being read is mended by `mendSyntax`. */
export const kinds: readonly Kind[] = [
  quoteScalar,
  renameKey,
  correctVersion,
  addVersion,
  removeRepeatedKey,
  trimBlanks,
  endLastLine,
];
