import { sha256 } from "../../platform/platform.ts";
import type { Samples } from "./stored_image.ts";

/**
 * sha256 of the stored values as little-endian containers, frames one after the other, row by row, the samples of a
 * pixel side by side; before any transform. Equal pictures in different containers of the same width hash equal.
 */
export function storedSha256(samples: Samples): string {
  return sha256(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
}
