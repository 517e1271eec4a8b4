import { joinBytes } from "../src/array/join_bytes.ts";

/** The body is larger than allowed. */
export class BodyTooLarge extends Error {}

/** The body stopped coming. */
export class BodyTooSlow extends Error {}

/** Other bodies take all the memory there is for them. */
export class BodiesTooMany extends Error {}

/** Memory that all bodies together may take. */
export interface BodyRoom {
  /** Bytes taken at the moment. */
  readonly used: number;
  /** Takes so many more. @throws {BodiesTooMany} where there is no room. */
  take(bytes: number): void;
  give(bytes: number): void;
}

/** Room for so many bytes. */
export function bodyRoom(most: number): BodyRoom {
  let used = 0;
  return {
    get used() {
      return used;
    },
    take(bytes) {
      if (used + bytes > most) throw new BodiesTooMany("too many files are being sent at once; try again");
      used += bytes;
    },
    give(bytes) {
      used -= bytes;
    },
  };
}

/** Limits of {@linkcode readBody}. */
export interface BodyLimits {
  maxBytes: number;
  /** Something must come at least this often, ms. */
  idleMs: number;
  /** And everything within this time, ms. */
  totalMs: number;
  /** What the body takes up here is the caller's to give back once it is done with it. */
  room: BodyRoom;
}

/**
 * Reads a request's body up to a size, with or without a declared length, as long as it keeps coming and is soon done:
 * a byte now and then would keep a connection open for ever. A body that fails gives its memory back at once.
 *
 * @throws {BodyTooLarge} as soon as the declared or the real size passes `maxBytes`.
 * @throws {BodyTooSlow} if nothing comes for `idleMs`, or not all of it in `totalMs`.
 * @throws {BodiesTooMany} if there is no room beside the other bodies.
 */
export async function readBody(request: Request, limits: BodyLimits): Promise<Uint8Array<ArrayBuffer>> {
  const { maxBytes, room } = limits;
  const tooLarge = () => new BodyTooLarge(`the file must be at most ${maxBytes} bytes`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const parts: Uint8Array[] = [], reader = request.body?.getReader();
  let size = 0;
  try {
    for await (const part of comingParts(reader, limits)) {
      if (size + part.length > maxBytes) throw tooLarge();
      room.take(part.length);
      size += part.length;
      parts.push(part);
    }
    return joinBytes(parts);
  } catch (error) {
    room.give(size);
    parts.length = 0;
    reader?.cancel().catch(() => {}); // the reader holds what came and was not read
    throw error;
  }
}

async function* comingParts(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  { idleMs, totalMs }: BodyLimits,
): AsyncGenerator<Uint8Array> {
  const end = performance.now() + totalMs;
  while (reader) {
    const patience = Math.max(0, Math.min(idleMs, end - performance.now()));
    const { value, done } = await withTimeout(reader.read(), patience);
    if (done) return;
    yield value;
  }
}

async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BodyTooSlow("the file came too slowly")), ms);
  });
  work.catch(() => {}); // whether it comes late, or breaks off, nobody waits any more
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
