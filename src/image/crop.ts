import type { GreyImage } from "../types.ts";
import { checkImage } from "./check_image.ts";

/** A box in whole pixels. It may extend beyond the border. */
export interface CropBox {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Value of the part beyond the border. @default {0} */
  fill?: number;
}

/**
 * Cuts a box out of an image without resampling.
 *
 * @returns values of shape [height, width].
 * @throws {RangeError} if the box is not in whole pixels or is empty, or the image's size is invalid.
 * @throws {TypeError} if the image's number of values does not match its size.
 */
export function crop(image: GreyImage, { x, y, width, height, fill = 0 }: CropBox): GreyImage {
  checkImage(image, "Cannot crop a picture");
  if (![x, y, width, height].every(Number.isInteger) || width < 1 || height < 1) {
    throw new RangeError(
      `Cannot crop: a box must be in whole pixels and not empty, got ${width} x ${height} at ${x}, ${y}`,
    );
  }
  const pixels = new Float32Array(width * height).fill(fill); // [height, width]
  const from = Math.max(0, x), to = Math.min(image.widthPx, x + width);
  for (let row = Math.max(0, y); row < Math.min(image.heightPx, y + height) && from < to; row++) {
    const start = row * image.widthPx;
    pixels.set(image.pixels.subarray(start + from, start + to), (row - y) * width + from - x);
  }
  return { kind: "grey-image", widthPx: width, heightPx: height, pixels };
}
