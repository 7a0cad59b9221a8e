import type { Finding } from '../../src/core/finding.ts';
import type { Reviewed } from './evidence.ts';

/** A finding and the contribution that it is about. */
export type Hit = { readonly reviewed: Reviewed; readonly finding: Finding };

export const hitsIn = (reviewed: readonly Reviewed[]): readonly Hit[] =>
  reviewed.flatMap(each => each.findings.map(finding => ({ reviewed: each, finding })));

/**
 * Draws findings at random, one of each rule in turn until there are enough, so that rare rules come up as well. The same seed draws
 * the same of the same findings.
 */
export function drawSample(hits: readonly Hit[], size: number, seed: number): readonly Hit[] {
  const random = randomFrom(seed);
  const byRule = Map.groupBy(hits, ({ finding }) => finding.rule);
  const piles = shuffled(
    [...byRule.keys()].sort().map(rule => shuffled(byRule.get(rule) ?? [], random)),
    random,
  );
  const drawn: Hit[] = [];
  for (let turn = 0; drawn.length < Math.min(size, hits.length); turn++)
    for (const pile of piles) {
      const hit = pile[turn];
      if (hit !== undefined && drawn.length < size) drawn.push(hit);
    }
  return drawn;
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map(item => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** Mulberry32: small, and enough to draw samples. From 0 up to 1. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Lines around a finding that are shown. */
const AROUND = 2;
const MAX_WIDTH = 200;

/** A finding as a person reads it beside the file. */
export function renderHit({ reviewed: { number, title, files }, finding }: Hit): string {
  const { rule, severity, message, location, related = [] } = finding;
  const content = files.find(({ path }) => path === location.path)?.content;
  const lines = content?.type === 'bytes' ? new TextDecoder().decode(content.bytes).split('\n') : [];
  const first = Math.max(1, location.line - AROUND);
  const last = Math.min((location.endLine ?? location.line) + AROUND, location.line + 4 * AROUND);
  return [
    `#${number} ${JSON.stringify(title)}`,
    `${location.path}:${location.line}:${location.column} ${severity} ${rule}`,
    `  ${message}`,
    ...related.map(({ path, line, pullRequest }) => `  compare ${pullRequest ?? ''} ${path}:${line}`),
    ...lines
      .slice(first - 1, last)
      .map(
        (line, index) =>
          `  ${first + index === location.line ? '>' : ' '} ${first + index} ${line.slice(0, MAX_WIDTH)}`,
      ),
    '',
  ].join('\n');
}
