import type { GreyImage } from "../types.ts";
import { checkImage } from "./check_image.ts";

/**
 * Mean over a square of side 2 `radiusPx` + 1, counting only pixels inside the picture. Cost does not depend on
 * the radius (running sums).
 *
 * @throws {RangeError} if `radiusPx` is not a whole number from 0.
 */
export function boxBlur(image: GreyImage, { radiusPx }: { radiusPx: number }): GreyImage {
  checkImage(image, "Cannot blur a picture");
  if (!Number.isInteger(radiusPx) || radiusPx < 0) {
    throw new RangeError(`Cannot blur: radiusPx is a whole number from 0, got ${radiusPx}`);
  }
  const { widthPx, heightPx } = image;
  const rows = new Float64Array(image.pixels.length); // [heightPx, widthPx]
  for (let y = 0; y < heightPx; y++) {
    const at = y * widthPx;
    let sum = 0, count = 0;
    for (let x = -radiusPx; x < widthPx; x++) {
      if (x + radiusPx < widthPx) sum += image.pixels[at + x + radiusPx], count++;
      if (x - radiusPx - 1 >= 0) sum -= image.pixels[at + x - radiusPx - 1], count--;
      if (x >= 0) rows[at + x] = sum / count;
    }
  }
  const pixels = new Float32Array(rows.length), sums = new Float64Array(widthPx); // [heightPx, widthPx]
  let count = 0;
  for (let y = -radiusPx; y < heightPx; y++) {
    const enter = y + radiusPx, leave = y - radiusPx - 1;
    if (enter < heightPx) count++;
    if (leave >= 0) count--;
    for (let x = 0; x < widthPx; x++) {
      if (enter < heightPx) sums[x] += rows[enter * widthPx + x];
      if (leave >= 0) sums[x] -= rows[leave * widthPx + x];
      if (y >= 0) pixels[y * widthPx + x] = sums[x] / count;
    }
  }
  return { kind: "grey-image", widthPx, heightPx, pixels };
}
