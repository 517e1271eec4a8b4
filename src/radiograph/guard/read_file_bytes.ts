import { limits } from "./limits.ts";
import { RadiographError, type RadiographErrorCode } from "./radiograph_error.ts";

/**
 * Reads a whole file. Folders and files over the size limit are rejected before reading.
 *
 * @throws {RadiographError} `not-found`, `unreadable`, `too-large`.
 */
export async function readFileBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const bytes = new Uint8Array(sizeOf(await Deno.stat(path), path));
    using file = await Deno.open(path); // for films of 10 MB `Deno.readFile` takes twice as long
    let at = 0;
    for (let count; at < bytes.length && (count = await file.read(bytes.subarray(at))) !== null;) at += count;
    return bytes.subarray(0, at);
  } catch (error) {
    throw refusal(error, path);
  }
}

/** Files larger than this, in bytes, get memory of their own that is not reused. */
const MOST_REUSED = 1 << 26;

/** Memory reused for one file after another. Allocating 10 MB for every film would cost as much as reading it. */
export class FileMemory {
  #bytes = new Uint8Array(0);

  /**
   * Reads a file like {@linkcode readFileBytes}, but synchronously. The bytes are valid until the next file is read.
   *
   * @throws {RadiographError} `not-found`, `unreadable`, `too-large`.
   */
  read(path: string): Uint8Array<ArrayBuffer> {
    try {
      const size = sizeOf(Deno.statSync(path), path), bytes = this.#take(size);
      using file = Deno.openSync(path);
      let at = 0;
      for (let count; at < size && (count = file.readSync(bytes.subarray(at))) !== null;) at += count;
      return bytes.subarray(0, at);
    } catch (error) {
      throw refusal(error, path);
    }
  }

  #take(size: number): Uint8Array<ArrayBuffer> {
    if (size > MOST_REUSED) return new Uint8Array(size);
    if (size > this.#bytes.length) this.#bytes = new Uint8Array(size);
    return this.#bytes.subarray(0, size);
  }
}

function sizeOf(info: Deno.FileInfo, path: string): number {
  if (!info.isFile) {
    throw refuse(path, "it is not a regular file", "unreadable", "Give the film's file, not its folder.");
  }
  if (info.size > limits.fileBytes) {
    const message = `it may have at most ${limits.fileBytes} bytes, got ${info.size}`;
    throw refuse(path, message, "too-large", "Give a single film.");
  }
  return info.size;
}

function refusal(cause: unknown, path: string): RadiographError {
  if (cause instanceof RadiographError) return cause;
  if (cause instanceof Deno.errors.NotFound) {
    return refuse(path, "it does not exist", "not-found", "Check the path.", cause);
  }
  const fix = "Check the file's permissions and --allow-read.";
  return refuse(path, "it could not be opened or read", "unreadable", fix, cause);
}

function refuse(file: string, message: string, code: RadiographErrorCode, fix: string, cause?: unknown) {
  return new RadiographError(`Cannot read the file: ${message}`, { code, fix, file, cause });
}
