/** The body is larger than allowed. */
export class BodyTooLarge extends Error {}

/** The body stopped coming. */
export class BodyTooSlow extends Error {}

/**
 * Reads a request's body up to a size, with or without a declared length, as long as it keeps coming.
 *
 * @throws {BodyTooLarge} as soon as the declared or the real size passes `maxBytes`.
 * @throws {BodyTooSlow} if nothing comes for `idleMs`.
 */
export async function readBody(
  request: Request,
  { maxBytes, idleMs }: { maxBytes: number; idleMs: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new BodyTooLarge(`the file must be at most ${maxBytes} bytes`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { value, done } = await withTimeout(reader.read(), idleMs);
    if (done) break;
    size += value.length;
    if (size > maxBytes) {
      reader.cancel().catch(() => {});
      throw tooLarge();
    }
    parts.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BodyTooSlow(`nothing came for ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
