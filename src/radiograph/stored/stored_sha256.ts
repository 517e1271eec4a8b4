import { createHash } from "node:crypto";
import type { Samples } from "./stored_image.ts";

/**
 * sha256 of the stored values as little-endian containers, frames one after the other, row by row, the samples of a
 * pixel side by side; before any transform. Equal pictures in different containers of the same width hash equal.
 */
export function storedSha256(samples: Samples): string {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return createHash("sha256").update(bytes).digest("hex");
}
