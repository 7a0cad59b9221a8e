import { expect } from 'vitest';
import type { Location } from '../../../src/core/finding.ts';
import type { ChangedFile } from '../../../src/core/pull-request.ts';

/** Fails unless the location lies inside the file it names, as an editor counts lines and columns. */
export function checkLocation(location: Location, files: readonly ChangedFile[]): void {
  const file = files.find(({ path }) => path === location.path);
  const bytes = file?.content?.type === 'bytes' ? file.content.bytes : new Uint8Array();
  const lines = new TextDecoder().decode(bytes).split('\n');
  expect(location.line).toBeGreaterThanOrEqual(1);
  expect(location.line).toBeLessThanOrEqual(lines.length);
  expect(location.column).toBeGreaterThanOrEqual(1);
  expect(location.column).toBeLessThanOrEqual((lines[location.line - 1]?.length ?? 0) + 1);
  if (location.endLine !== undefined) {
    expect(location.endLine).toBeGreaterThanOrEqual(location.line);
    expect(location.endLine).toBeLessThanOrEqual(lines.length);
  }
}
