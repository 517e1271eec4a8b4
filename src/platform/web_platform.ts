/**
 * Replaces `platform.ts` in a browser. Checksums and decompression give the same results. Browsers cannot interrupt
 * synchronous work, so the page terminates a worker that takes too long.
 */
import { inflateSync, unzlibSync, zlibSync } from "fflate";
import { Decompress } from "fzstd";
import { crc32, sha256 } from "./web_checksums.ts";
import { InflateError } from "./inflate_error.ts";

export { crc32, sha256 };

/** Maximum number of pixels of a film, all frames together: a phone has memory for three arrays of this length. */
export const largestFilm = {
  pixels: 40_000_000,
  fix: "Crop or shrink the film, or score it with Caput's command line, which takes 200 million pixels.",
} as const;

/** Compresses with deflate, zlib header and checksum (RFC 1950). `level` is 0 (stored) to 9 (smallest). */
export function deflate(bytes: Uint8Array, { level }: { level: number }): Uint8Array {
  return zlibSync(bytes, { level: level as 0 });
}

/** Maximum compression ratio of deflate. */
const MAX_RATIO = 1032;

/**
 * Decompresses zlib data (RFC 1950), or with `raw` bare deflate data (RFC 1951), to at most `maxBytes`.
 *
 * @throws {InflateError} if the data is too large, truncated or damaged.
 */
export function inflate(
  bytes: Uint8Array,
  { maxBytes, raw }: { maxBytes: number; raw: boolean },
): Uint8Array {
  if (bytes.length === 0) throw new InflateError("truncated");
  const room = new Uint8Array(Math.min(maxBytes, (bytes.length + 1) * MAX_RATIO) + 1);
  let out: Uint8Array;
  try {
    out = (raw ? inflateSync : unzlibSync)(bytes, { out: room });
  } catch (cause) {
    // A stored (uncompressed) block exceeded the output buffer.
    if (cause instanceof RangeError) throw new InflateError("too-large", { cause });
    const truncated = (cause as { code?: number }).code === 0; // fflate: unexpected end of data
    throw new InflateError(truncated ? "truncated" : "damaged", { cause });
  }
  if (out.length > maxBytes) throw new InflateError("too-large");
  if (!raw && adler32(out) !== endingChecksum(bytes)) throw new InflateError("damaged");
  return out;
}

/** Adler-32, the checksum of RFC 1950, section 9. */
function adler32(bytes: Uint8Array): number {
  let a = 1, b = 0;
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(at + 3800, bytes.length); // this many sums fit into 31 bits
    while (at < end) b += a += bytes[at++];
    a %= 65521;
    b %= 65521;
  }
  return (b << 16 | a) >>> 0;
}

function endingChecksum(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4).getUint32(0);
}

/** Decompresses Zstandard frames (RFC 8878) to at most `maxBytes`. @throws {Error} if that is not possible. */
export function unpackZstd(bytes: Uint8Array, { maxBytes }: { maxBytes: number }): Uint8Array {
  const out = new Uint8Array(maxBytes);
  let length = 0;
  const stream = new Decompress((block) => {
    if (length + block.length > maxBytes) throw new InflateError("too-large");
    out.set(block, length);
    length += block.length;
  });
  stream.push(bytes, true);
  return out.subarray(0, length);
}

let files: ((name: string, file: string) => Promise<Uint8Array<ArrayBuffer>>) | undefined;

/** Sets the function that loads files of packages, for example from a folder of the site. */
export function providePackageFiles(from: typeof files): void {
  files = from;
}

/**
 * Loads `file` of the npm package `name` with the function that was provided.
 *
 * @throws {Error} if {@linkcode providePackageFiles} was not called before.
 */
export function packageFile(name: string, file: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!files) {
    throw new Error(`Cannot load ${name}/${file}: the page must call providePackageFiles first`);
  }
  return files(name, file);
}

/** Wall-clock time, ms, because browsers do not report the processor time of a thread. */
export function threadMs(): number {
  return performance.now();
}

/** Runs synchronous work, without a timeout. */
export function runFor<T>(work: () => T, _timeout: number): T {
  return work();
}
