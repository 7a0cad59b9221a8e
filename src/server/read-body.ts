/** Why a body was not read. */
export type Unread = 'too-large' | 'too-much-at-once' | 'broken-off';

/** How many bytes the bodies that are being read may hold together, and how many they do. */
export type Allowance = { readonly maxBytes: number; heldBytes: number };

/**
 * Reads a request's bytes, and never holds more than the limit: a length that is announced too large is not begun. Nor do all that
 * are read at once hold more than their allowance: strangers may begin bodies that they never end.
 */
export async function readBody(request: Request, maxBytes: number, together: Allowance): Promise<Uint8Array | Unread> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > maxBytes) return 'too-large';
  if (together.heldBytes + announced > together.maxBytes) return 'too-much-at-once';
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) return Buffer.concat(chunks);
      size += value.byteLength;
      together.heldBytes += value.byteLength;
      const unread =
        size > maxBytes ? 'too-large' : together.heldBytes > together.maxBytes ? 'too-much-at-once' : undefined;
      if (unread !== undefined) {
        await reader?.cancel();
        return unread;
      }
      chunks.push(value);
    }
  } catch {
    return 'broken-off';
  } finally {
    together.heldBytes -= size;
  }
}
