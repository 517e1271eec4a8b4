/** The body is larger than allowed. */
export class BodyTooLarge extends Error {}

/** The body stopped coming. */
export class BodyTooSlow extends Error {}

/**
 * Reads a request's body up to a size, with or without a declared length, as long as it keeps coming and is soon done:
 * a byte now and then would keep a connection open for ever.
 *
 * @throws {BodyTooLarge} as soon as the declared or the real size passes `maxBytes`.
 * @throws {BodyTooSlow} if nothing comes for `idleMs`, or not all of it in `totalMs`.
 */
export async function readBody(
  request: Request,
  { maxBytes, idleMs, totalMs }: { maxBytes: number; idleMs: number; totalMs: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new BodyTooLarge(`the file must be at most ${maxBytes} bytes`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  const end = performance.now() + totalMs;
  while (reader) {
    const patience = Math.max(0, Math.min(idleMs, end - performance.now()));
    const { value, done } = await withTimeout(reader.read(), patience);
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
    timer = setTimeout(() => reject(new BodyTooSlow("the file came too slowly")), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
