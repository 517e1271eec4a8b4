import { inflateRawSync, inflateSync } from "node:zlib";
import { RadiographError } from "./radiograph_error.ts";

/** How to inflate. */
export interface InflateOptions {
  /** Most bytes that may come out. */
  maxBytes: number;
  /** Raw deflate without zlib's header and check sum. @default {false} */
  raw?: boolean;
  /** What is inflated, for the message. @default {"compressed data"} */
  what?: string;
}

/** Inflates (RFC 1950, 1951) at most `maxBytes`; more is an error rather than memory. */
export function inflateCapped(
  data: Uint8Array,
  { maxBytes, raw = false, what = "compressed data" }: InflateOptions,
): Uint8Array {
  try {
    const out = (raw ? inflateRawSync : inflateSync)(data, { maxOutputLength: Math.max(1, maxBytes) });
    return plainBytes(out);
  } catch (cause) {
    const code = (cause as { code?: string }).code ?? "";
    if (code === "ERR_BUFFER_TOO_LARGE" || cause instanceof RangeError) {
      throw new RadiographError(
        `Cannot inflate the ${what}: at most ${maxBytes} bytes are expected, it holds more`,
        { code: "too-large", fix: "The file is damaged or a decompression bomb; export it again.", cause },
      );
    }
    const cut = code === "Z_BUF_ERROR";
    throw new RadiographError(
      `Cannot inflate the ${what}: ${cut ? "it ends too early" : "it is damaged"}`,
      { code: cut ? "truncated" : "corrupt", fix: "Copy or export the file again.", cause },
    );
  }
}

/** The same memory without Node's `Buffer`, whose `slice` is a view where every other array's is an aligned copy. */
export function plainBytes({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}
