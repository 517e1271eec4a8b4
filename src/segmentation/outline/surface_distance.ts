import type { BoxedMask } from "../../masks/boxed_mask.ts";

/** Pixels of the mask with a neighbour (up, down, left, right) outside it, as film coordinates. */
export function outlinePoints({ boxPx, mask }: BoxedMask): Float64Array { // [n, 2]
  const { x, y, width, height } = boxPx;
  const points: number[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      if (!mask[at]) continue;
      const inner = column > 0 && column < width - 1 && row > 0 && row < height - 1;
      if (inner && mask[at - 1] & mask[at + 1] & mask[at - width] & mask[at + width]) continue;
      points.push(x + column, y + row);
    }
  }
  return Float64Array.from(points);
}

/** Distance from each point of `from` to the nearest of `to`, pixels. */
function nearest(from: Float64Array, to: Float64Array): Float64Array {
  const distances = new Float64Array(from.length / 2);
  for (let i = 0; i < distances.length; i++) {
    let best = Infinity;
    for (let j = 0; j < to.length; j += 2) {
      const dx = to[j] - from[2 * i], dy = to[j + 1] - from[2 * i + 1];
      const squared = dx * dx + dy * dy;
      if (squared < best) best = squared;
    }
    distances[i] = Math.sqrt(best);
  }
  return distances;
}

/**
 * Symmetric outline distances of two masks: mean (average symmetric surface distance) and 95th percentile (robust
 * Hausdorff distance) of the distances from either outline to the other, in pixels; multiply by the pixel spacing for
 * mm.
 *
 * @throws {RangeError} if either mask is empty.
 */
export function surfaceDistance(a: BoxedMask, b: BoxedMask): { meanPx: number; p95Px: number } {
  const outlineA = outlinePoints(a), outlineB = outlinePoints(b);
  if (outlineA.length === 0 || outlineB.length === 0) {
    throw new RangeError(
      "Cannot measure the distance of outlines: both masks need at least one pixel, got an empty one",
    );
  }
  const all = new Float64Array([...nearest(outlineA, outlineB), ...nearest(outlineB, outlineA)]).sort();
  const mean = all.reduce((sum, d) => sum + d, 0) / all.length;
  return { meanPx: mean, p95Px: all[Math.min(all.length - 1, Math.ceil(0.95 * all.length) - 1)] };
}
