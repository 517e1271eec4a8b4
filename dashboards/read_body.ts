import { joinBytes } from "../src/array/join_bytes.ts";

/** The body is larger than allowed. */
export class BodyTooLarge extends Error {}

/** The body arrives too slowly. */
export class BodyTooSlow extends Error {}

/** Other bodies leave too little of the memory reserved for bodies. */
export class BodiesTooMany extends Error {}

/** Memory shared by all request bodies. */
export interface BodyRoom {
  /** Bytes in use. */
  readonly used: number;
  /** Reserves this many bytes. @throws {BodiesTooMany} if not enough are left. */
  take(bytes: number): void;
  /** Releases this many bytes. */
  give(bytes: number): void;
}

/** Creates a memory budget of this many bytes. */
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
  /** Longest pause between two pieces of the body, ms. */
  idleMs: number;
  /** Time limit for the whole body, ms. */
  totalMs: number;
  /** Memory budget. The caller releases the body's bytes when it no longer needs them. */
  room: BodyRoom;
}

/**
 * Reads a request's body, with or without a declared length. Size, pauses and total time are limited, because a client
 * that sends a byte now and then could otherwise keep a connection open forever. If reading fails, the body's memory
 * is released at once.
 *
 * @throws {BodyTooLarge} as soon as the declared or the actual size exceeds `maxBytes`.
 * @throws {BodyTooSlow} if nothing arrives for `idleMs`, or the body is not complete after `totalMs`.
 * @throws {BodiesTooMany} if the other bodies leave too little memory.
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
    reader?.cancel().catch(() => {}); // the stream still holds bytes that arrived but were not read
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
    timer = setTimeout(() => reject(new BodyTooSlow("the file arrived too slowly")), ms);
  });
  work.catch(() => {}); // after a timeout nothing waits for this read, so its errors must be ignored
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
