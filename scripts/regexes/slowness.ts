import { analyse } from 'scslre';

/** Why the time of a regular expression is not linear in the length of the text; undefined when nothing speaks against it. */
export function slowness({ pattern, flags }: { readonly pattern: string; readonly flags: string }): string | undefined {
  const { reports } = analyse({ source: pattern, flags });
  const [worst] = reports.toSorted((a, b) => Number(b.exponential) - Number(a.exponential));
  if (worst === undefined) return undefined;
  const growth = worst.exponential ? 'exponential' : 'polynomial';
  const way = {
    Trade: 'two parts share the same characters',
    Self: 'a part can be split in several ways',
    Move: 'each place in the text is a start',
  };
  return `${growth} on many ${JSON.stringify(worst.character.pick)} (${way[worst.type]})`;
}
