import type { InflateError } from "../../platform/inflate_error.ts";
import { inflate } from "../../platform/platform.ts";
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
    return inflate(data, { maxBytes, raw });
  } catch (cause) {
    const reason = (cause as InflateError).reason;
    if (reason === "too-large") {
      throw new RadiographError(
        `Cannot inflate the ${what}: at most ${maxBytes} bytes are expected, it holds more`,
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
