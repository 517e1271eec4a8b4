import { sha256 } from "../../platform/platform.ts";
import type { Samples } from "./stored_image.ts";

/**
 * sha256 of the stored values before any transform, as little-endian numbers: frame by frame, row by row, with the
 * samples of a pixel next to each other. Equal images in different file formats have the same hash if their samples
 * have the same number of bytes.
 */
export function storedSha256(samples: Samples): string {
  return sha256(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
}
