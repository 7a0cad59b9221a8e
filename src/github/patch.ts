import type { LineRange } from '../core/pull-request.ts';

/**
 * The lines of the new side in each hunk of a unified diff as GitHub gives it. Lines of content begin with a space, `+`, `-` or
 * `\`, so nothing that a contributor writes can look like the head of a hunk.
 */
export function newSideLines(patch: string): readonly LineRange[] {
  return [...patch.matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm)].flatMap(([, start, length]) => {
    const count = Number(length ?? 1);
    // A hunk that only deletes has no line on the new side.
    return count === 0 ? [] : [{ start: Number(start), end: Number(start) + count - 1 }];
  });
}
