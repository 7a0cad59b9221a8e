import parse from 'spdx-expression-parse';
import { z } from 'zod';

/** Licences that ask for no more than to be named, and so may be in what we publish. */
const published = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-3.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
]);

/** Besides those, for tools that nobody but us runs: the MPL's duties begin with giving a file away. */
const forUsAlone = new Set([...published, 'MPL-2.0']);

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      license: z.string().optional(),
      dev: z.boolean().optional(),
      link: z.boolean().optional(),
    }),
  ),
});

/** Says of each package in a `package-lock.json` why it may not be used, and counts those that were looked at. Throws if it is no lock file. */
export function licencesIn(lock: unknown): { readonly count: number; readonly objections: readonly string[] } {
  const { packages } = lockFile.parse(lock);
  // Ours have no `node_modules/` in their path; a link only leads to one of them.
  const theirs = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && link !== true);
  return {
    count: theirs.length,
    objections: theirs.flatMap(([path, { license, dev }]) => {
      if (isAllowed(license, dev === true ? forUsAlone : published)) return [];
      return [
        `${path}: ${license ?? 'no licence'} is not on the list${dev === true ? '' : ' of what may be published'}`,
      ];
    }),
  };
}

/** Of several that one may choose from, one is enough. What cannot be read as SPDX is not allowed. */
function isAllowed(licence: string | undefined, allowed: ReadonlySet<string>): boolean {
  if (licence === undefined) return false;
  try {
    return holds(parse(licence), allowed);
  } catch {
    return false;
  }
}

function holds(expression: parse.Info, allowed: ReadonlySet<string>): boolean {
  if (!('conjunction' in expression)) return allowed.has(expression.license);
  const sides = [expression.left, expression.right];
  return expression.conjunction === 'or'
    ? sides.some(side => holds(side, allowed))
    : sides.every(side => holds(side, allowed));
}
