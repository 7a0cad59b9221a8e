import type { Attribution } from '../contribution.ts';
import { MAX_LINES, piecesOf, readWorks, type Work } from './works.ts';

/** Why a text is no attribution at all: it repeats the examples, or goes on and on. */
export type Mistaken = 'copy-of-examples' | 'too-long';

/** Reads one `attribution.txt`. Pure; linear in the text, and bounded in its lines. */
export function readAttribution(path: string, text: string): Attribution {
  const mistaken = mistakenIn(text);
  return { path, text, works: mistaken === undefined ? readWorks(text) : [], ...(mistaken && { mistaken }) };
}

function mistakenIn(text: string): Mistaken | undefined {
  if (/^[ \t]{0,8}seed_examples[ \t]{0,8}:/m.test(text)) return 'copy-of-examples';
  return text.split('\n', MAX_LINES + 2).length > MAX_LINES + 1 ? 'too-long' : undefined;
}

const OWN =
  /^(?:i am |this is |all )?(?:self|own|my own|original)(?:[\s-](?:authored|created|generated|made|written|work|text|content|author)){0,2}\.?$/i;

/** Whether the work is said to be the contributor's own: `self-authored`, in whatever place. */
export const isOwnWork = (work: Work): boolean =>
  [...work.remarks, ...piecesOf(work, 'link'), ...piecesOf(work, 'creators')].some(({ text }) =>
    OWN.test(text.slice(0, 80)),
  );
