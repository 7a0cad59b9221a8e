/**
 * Hidden comments at the very end of what we post, by which we find it again. Only read from what GitHub says is by our App:
 * anybody can copy a marker.
 */
export const STICKY_MARKER = '<!-- assay:comment -->';

/** Whether the body ends with the marker of the one comment that is kept up to date. */
export const hasStickyMarker = (body: string): boolean => body.trimEnd().endsWith(STICKY_MARKER);

/** On a line of its own in that comment once a team was mentioned in it. */
export const ESCALATED_MARKER = '<!-- assay:escalated -->';

/** Whether our comment has mentioned the team before. */
export const hasEscalated = (body: string | undefined): boolean =>
  (body ?? '').split('\n').some(line => line.trim() === ESCALATED_MARKER);

/** Of a review comment; carries the finding's fingerprint. */
export const inlineMarker = (fingerprint: string): string => `<!-- assay:finding ${fingerprint} -->`;

/** The fingerprint of a review comment of ours; undefined for any other body. */
export const readInlineMarker = (body: string): string | undefined => readMarker(body, 'finding', /^[0-9a-f]{40}$/);

/** Of a review; carries the head that it was sent for. GitHub's own `commit_id` may point elsewhere after a force-push. */
export const reviewMarker = (headSha: string): string => `<!-- assay:review ${headSha} -->`;

/** The head of a review of ours; undefined for any other body. */
export const readReviewMarker = (body: string): string | undefined => readMarker(body, 'review', /^[0-9a-f]{40,64}$/);

/** Of a reply; carries the id of the comment that it answers and, when it explains a no, that of the account that asked. */
export const replyMarker = (commentId: number, explainedTo?: number): string =>
  `<!-- assay:reply ${commentId}${explainedTo === undefined ? '' : ` to ${explainedTo}`} -->`;

/** The id of the comment that a reply of ours answers; undefined for any other body. */
export function readReplyMarker(body: string): number | undefined {
  const [id] = readMarker(body, 'reply', REPLY)?.split(' to ') ?? [];
  return id === undefined ? undefined : Number(id);
}

/** The id of the account to which a reply of ours explains why its command was not carried out; undefined for any other body. */
export function readExplainedTo(body: string): number | undefined {
  const [, id] = readMarker(body, 'reply', REPLY)?.split(' to ') ?? [];
  return id === undefined ? undefined : Number(id);
}

const REPLY = /^\d{1,15}(?: to \d{1,15})?$/;

function readMarker(body: string, kind: string, shape: RegExp): string | undefined {
  const last = body.trimEnd().split('\n').at(-1) ?? '';
  const prefix = `<!-- assay:${kind} `;
  if (!last.startsWith(prefix) || !last.endsWith(' -->')) return undefined;
  const value = last.slice(prefix.length, -' -->'.length);
  return shape.test(value) ? value : undefined;
}
