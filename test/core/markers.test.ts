import { expect, test } from 'vitest';
import {
  STICKY_MARKER,
  hasStickyMarker,
  inlineMarker,
  readInlineMarker,
  readExplainedTo,
  readReplyMarker,
  readReviewMarker,
  replyMarker,
  reviewMarker,
} from '../../src/core/markers.ts';

const hex = 'ab'.repeat(20);

test('markers are read back from the end of what we posted, also after GitHub changed the line ends', () => {
  expect(hasStickyMarker(`Hello\r\n\r\n${STICKY_MARKER}\r\n`)).toBe(true);
  expect(readInlineMarker(`Hello\r\n${inlineMarker(hex)}\n`)).toBe(hex);
  expect(readReviewMarker(`Hello\n${reviewMarker(hex)}`)).toBe(hex);
  const [help, no] = [`Hello\n${replyMarker(123)}`, `Hello\n${replyMarker(123, 77)}`];
  expect([help, no].map(readReplyMarker)).toEqual([123, 123]);
  expect([help, no].map(readExplainedTo)).toEqual([undefined, 77]);
});

test('anywhere else, or with anything else in them, they are text', () => {
  expect(hasStickyMarker(`${STICKY_MARKER}\nHello`)).toBe(false);
  expect(readInlineMarker(`${inlineMarker(hex)} and more`)).toBeUndefined();
  expect(readInlineMarker(inlineMarker('not hex'))).toBeUndefined();
  expect(readReviewMarker(inlineMarker(hex))).toBeUndefined();
  expect(readReplyMarker('<!-- assay:reply 1e9 -->')).toBeUndefined();
  expect(readReplyMarker('<!-- assay:reply 1 to x -->')).toBeUndefined();
  expect(readExplainedTo('<!-- assay:reply 1 to 2 to 3 -->')).toBeUndefined();
  expect(readReplyMarker('')).toBeUndefined();
});
