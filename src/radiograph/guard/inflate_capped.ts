import type { InflateError } from "../../platform/inflate_error.ts";
import { inflate } from "../../platform/platform.ts";
import { RadiographError } from "./radiograph_error.ts";

/** Options of {@linkcode inflateCapped}. */
export interface InflateOptions {
  /** Maximum size of the output in bytes. */
  maxBytes: number;
  /** Whether the data is raw deflate, without zlib's header and checksum. @default {false} */
  raw?: boolean;
  /** Name of the data for error messages. @default {"compressed data"} */
  what?: string;
}

/**
 * Inflates (RFC 1950, 1951) to at most `maxBytes`. Longer output is an error, so a decompression bomb cannot exhaust
 * memory.
 *
 * @throws {RadiographError} `too-large`, `truncated` or `corrupt`.
 */
export function inflateCapped(
  data: Uint8Array,
  { maxBytes, raw = false, what = "compressed data" }: InflateOptions,
): Uint8Array {
  try {
    return inflate(data, { maxBytes, raw });
  } catch (cause) {
    const reason = (cause as InflateError).reason;
    if (reason === "too-large") {
      throw new RadiographError(
        `Cannot inflate the ${what}: at most ${maxBytes} bytes are allowed, it contains more`,
        { code: "too-large", fix: "The file is damaged or a decompression bomb; export it again.", cause },
      );
    }
    const cut = reason === "truncated";
    throw new RadiographError(
      `Cannot inflate the ${what}: ${cut ? "it ends too early" : "it is damaged"}`,
      { code: cut ? "truncated" : "corrupt", fix: "Copy or export the file again.", cause },
    );
  }
}
