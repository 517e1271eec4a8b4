/**
 * The functions of Node that reading a film needs: compression, checksums, a package's files, processor time. In a
 * browser `web_platform.ts` replaces this file (see `DOORS` in `dashboards/bundle_page.ts`); a test checks that
 * checksums and decompression give the same results.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { Script } from "node:vm";
import { deflateSync, inflateRawSync, inflateSync, zstdDecompressSync } from "node:zlib";
import { InflateError } from "./inflate_error.ts";

export { crc32 } from "node:zlib";

/** Maximum number of pixels of a film, all frames together, and the suggested fix if it has more. */
export const largestFilm = {
  pixels: 200_000_000,
  fix: "Check the header; if the size is real, crop or shrink the film first.",
} as const;

/** Compresses with deflate, zlib header and checksum (RFC 1950). `level` is 0 (stored) to 9 (smallest). */
export function deflate(bytes: Uint8Array, { level }: { level: number }): Uint8Array {
  return plain(deflateSync(bytes, { level }));
}

/**
 * Decompresses zlib data (RFC 1950), or with `raw` bare deflate data (RFC 1951), to at most `maxBytes`.
 *
 * @throws {InflateError} if the data is too large, truncated or damaged.
 */
export function inflate(
  bytes: Uint8Array,
  { maxBytes, raw }: { maxBytes: number; raw: boolean },
): Uint8Array {
  try {
    return plain((raw ? inflateRawSync : inflateSync)(bytes, { maxOutputLength: Math.max(1, maxBytes) }));
  } catch (cause) {
    const code = (cause as { code?: string }).code ?? "";
    const large = code === "ERR_BUFFER_TOO_LARGE" || cause instanceof RangeError;
    throw new InflateError(large ? "too-large" : code === "Z_BUF_ERROR" ? "truncated" : "damaged", { cause });
  }
}

/** Decompresses Zstandard frames (RFC 8878) to at most `maxBytes`. @throws {Error} if that is not possible. */
export function unpackZstd(bytes: Uint8Array, { maxBytes }: { maxBytes: number }): Uint8Array {
  return plain(zstdDecompressSync(bytes, { maxOutputLength: maxBytes }));
}

/**
 * The same memory as a plain Uint8Array. Node returns a `Buffer`, whose `slice` returns a view instead of an aligned
 * copy as that of other typed arrays does.
 */
function plain({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

/** sha256 in 64 hex digits. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Reads `file` from the folder of the main module of the npm package `name`. */
export async function packageFile(name: string, file: string): Promise<Uint8Array<ArrayBuffer>> {
  const require = createRequire(import.meta.url);
  return new Uint8Array(await readFile(join(dirname(require.resolve(name)), file)));
}

/** Processor time of this thread, ms. */
export function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Name of the global symbol under which the script of `runFor` finds the function to call. */
const slot = "caput: work under a time guard";
const call = new Script(`globalThis[Symbol.for("${slot}")]()`);

/**
 * Runs synchronous work. V8 stops it after `timeout` ms of wall-clock time with the error code
 * ERR_SCRIPT_EXECUTION_TIMEOUT. Node offers this only for scripts, so a script calls the function.
 */
export function runFor<T>(work: () => T, timeout: number): T {
  const place = globalThis as unknown as Record<symbol, (() => T) | undefined>, key = Symbol.for(slot);
  const outer = place[key];
  place[key] = work;
  try {
    return call.runInThisContext({ timeout });
  } finally {
    place[key] = outer;
  }
}
