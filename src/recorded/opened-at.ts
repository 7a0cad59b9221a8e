/** Pull requests on either side whose dates are looked at. */
const NEIGHBOURS = 5;

/**
 * When each pull request was opened, from the dates of its first commits in the order of the numbers. GitHub numbers pull requests
 * as they are opened, but a commit may be months older, or rewritten later: a date that disagrees with the numbers before or after
 * it is moved to their median. The result never goes back in time.
 */
export function openedAt(firstCommits: readonly Date[]): readonly Date[] {
  const times = firstCommits.map(date => date.getTime());
  let latest = -Infinity;
  return times.map((time, index) => {
    const earliest = median(times.slice(Math.max(0, index - NEIGHBOURS), index)) ?? time;
    const last = median(times.slice(index + 1, index + 1 + NEIGHBOURS)) ?? time;
    latest = Math.max(latest, Math.min(Math.max(time, earliest), Math.max(earliest, last)));
    return new Date(latest);
  });
}

function median(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
