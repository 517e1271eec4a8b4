import { decode } from "fast-png";
import type { GreyImage } from "../../types.ts";

/**
 * Reads a grey 8-bit PNG of a study (crop, reconstruction, residual, frame) as values from 0 to 1.
 *
 * @throws {SyntaxError} if the file is not an 8-bit grey PNG.
 */
export async function readPicture(path: string): Promise<GreyImage> {
  const { width, height, data, channels, depth } = decode(await Deno.readFile(path));
  if (channels !== 1 || depth !== 8) {
    throw new SyntaxError(
      `Cannot read ${path}: it must be an 8-bit grey PNG, got ${channels} channels of ${depth} bits`,
    );
  }
  const pixels = Float32Array.from(data, (value) => value / 255);
  return { kind: "grey-image", widthPx: width, heightPx: height, pixels };
}
