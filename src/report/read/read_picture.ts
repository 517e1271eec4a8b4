import { readPng } from "../../radiograph/raster/read_png.ts";
import type { GreyImage } from "../../types.ts";

/**
 * Reads a grey 8-bit PNG of a study (crop, reconstruction, residual, frame) as values from 0 to 1.
 *
 * @throws {SyntaxError} if the file is not an 8-bit grey PNG. @throws {RadiographError} if it is damaged.
 */
export async function readPicture(path: string): Promise<GreyImage> {
  const { columns, rows, samples, samplesPerPixel, bitsStored } = readPng(await Deno.readFile(path));
  if (samplesPerPixel !== 1 || bitsStored !== 8) {
    throw new SyntaxError(
      `Cannot read ${path}: it must be an 8-bit grey PNG, got ${samplesPerPixel} channels of ${bitsStored} bits`,
    );
  }
  const pixels = Float32Array.from(samples, (value) => value / 255);
  return { kind: "grey-image", widthPx: columns, heightPx: rows, pixels };
}
