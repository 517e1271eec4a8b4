import { reused } from "../array/reused.ts";
import type { GreyImage } from "../types.ts";
import { checkImage } from "./check_image.ts";

const rowMeans = reused(Float64Array), columnSums = reused(Float64Array);

/**
 * Mean over a square of side 2 `radiusPx` + 1, counting only pixels inside the image. It uses running sums, so the
 * cost does not depend on the radius.
 *
 * @throws {RangeError} if `radiusPx` is not a whole number from 0, or the image's size is invalid.
 * @throws {TypeError} if the image's number of values does not match its size.
 */
export function boxBlur(image: GreyImage, { radiusPx }: { radiusPx: number }): GreyImage {
  checkImage(image, "Cannot blur a picture");
  if (!Number.isInteger(radiusPx) || radiusPx < 0) {
    throw new RangeError(`Cannot blur: radiusPx must be a whole number from 0, got ${radiusPx}`);
  }
  const { widthPx, heightPx, pixels } = image;
  const rows = rowMeans(pixels.length); // [heightPx, widthPx]
  for (let y = 0; y < heightPx; y++) slideMean(pixels, rows, { start: y * widthPx, widthPx, radiusPx });
  const means = new Float32Array(pixels.length); // [heightPx, widthPx]
  const sums = columnSums(widthPx).fill(0); // one per column, so that memory is read sequentially
  for (let y = 0; y < Math.min(radiusPx, heightPx); y++) addRow(sums, rows, y * widthPx);
  for (let y = 0; y < heightPx; y++) {
    const enter = y + radiusPx, leave = y - radiusPx - 1, at = y * widthPx;
    const share = 1 / (Math.min(enter, heightPx - 1) - Math.max(leave, -1));
    if (enter < heightPx) addRow(sums, rows, enter * widthPx);
    for (let x = 0, from = leave * widthPx; x < widthPx; x++) {
      if (leave >= 0) sums[x] -= rows[from + x];
      means[at + x] = sums[x] * share;
    }
  }
  return { kind: "grey-image", widthPx, heightPx, pixels: means };
}

/** Running mean along one row. */
function slideMean(
  from: Float32Array,
  to: Float64Array,
  { start, widthPx, radiusPx }: { start: number; widthPx: number; radiusPx: number },
): void {
  const before = start - radiusPx - 1, share = 1 / (2 * radiusPx + 1);
  // After the first radiusPx + 1 columns, the first one whose window extends beyond the right border.
  const cutFrom = Math.max(radiusPx + 1, widthPx - radiusPx);
  let sum = 0, count = Math.min(radiusPx, widthPx), x = 0;
  for (let i = 0; i < count; i++) sum += from[start + i];
  for (; x <= radiusPx && x < widthPx; x++) {
    if (x + radiusPx < widthPx) sum += from[start + x + radiusPx], count++;
    to[start + x] = sum / count;
  }
  for (; x < cutFrom && x < widthPx; x++) {
    sum += from[start + x + radiusPx] - from[before + x];
    to[start + x] = sum * share;
  }
  for (count = widthPx - x + radiusPx + 1; x < widthPx; x++) {
    sum -= from[before + x];
    to[start + x] = sum / --count;
  }
}

function addRow(sums: Float64Array, rows: Float64Array, start: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] += rows[start + x];
}
