import { encodePng } from "../../image/encode_png.ts";

/** Pixels between two images of a strip. */
const GAP_PX = 4;

/** A grey image with values from 0 (black) to 1 (white). */
export interface GreyPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixels: ArrayLike<number>; // [heightPx, widthPx]
}

/**
 * Draws images of equal height side by side as an 8-bit PNG; values outside 0 to 1 are clipped.
 *
 * @throws {RangeError} if there is no image, heights differ, or a value is not finite.
 */
export function greyPng(pictures: readonly GreyPicture[]): Uint8Array {
  if (pictures.length === 0) throw new RangeError("Cannot draw images: at least one is needed, got none");
  const height = pictures[0].heightPx;
  const width = pictures.reduce((sum, picture) => sum + picture.widthPx, GAP_PX * (pictures.length - 1));
  const samples = new Uint8Array(width * height).fill(255); // [height, width]
  let left = 0;
  for (const { widthPx, heightPx, pixels } of pictures) {
    if (heightPx !== height) {
      throw new RangeError(
        `Cannot draw images side by side: heights must be equal, got ${height} and ${heightPx}`,
      );
    }
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < widthPx; x++) {
        const value = pixels[y * widthPx + x];
        if (!Number.isFinite(value)) {
          throw new RangeError(`Cannot draw a pixel: it must be finite, got ${value}`);
        }
        samples[y * width + left + x] = Math.round(255 * Math.min(1, Math.max(0, value)));
      }
    }
    left += widthPx + GAP_PX;
  }
  return encodePng({ widthPx: width, heightPx: height, samples });
}
