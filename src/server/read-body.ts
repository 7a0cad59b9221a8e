/** Why a body was not read. */
export type Unread = 'too-large' | 'broken-off';

/** Reads a request's bytes, and never holds more than the limit: a length that is announced too large is not begun. */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array | Unread> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return 'too-large';
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) return Buffer.concat(chunks);
      size += value.byteLength;
      if (size > maxBytes) {
        await reader?.cancel();
        return 'too-large';
      }
      chunks.push(value);
    }
  } catch {
    return 'broken-off';
  }
}
