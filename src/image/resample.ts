import type { GreyImage } from "../types.ts";
import type { AxisWeights } from "./axis_weights.ts";

/**
 * Applies one set of weights to the columns and one to the rows (separable, columns first). Weight outside the
 * picture counts as `fill`. Rows that no output row reads are skipped, so a small window of a large film is cheap.
 */
export function resample(
  image: GreyImage,
  { x, y, fill = 0 }: { x: AxisWeights; y: AxisWeights; fill?: number },
): GreyImage {
  const widthPx = x.first.length, heightPx = y.first.length, { pixels } = image;
  let top = image.heightPx, bottom = -1;
  for (let i = 0; i < heightPx; i++) {
    top = Math.min(top, y.first[i]);
    bottom = Math.max(bottom, y.first[i] + y.start[i + 1] - y.start[i] - 1);
  }
  const band = new Float64Array((bottom - top + 1) * widthPx); // [bottom - top + 1, widthPx]
  for (let row = top; row <= bottom; row++) {
    const source = row * image.widthPx, target = (row - top) * widthPx;
    for (let i = 0; i < widthPx; i++) {
      let sum = x.outside[i] === 0 ? 0 : x.outside[i] * fill;
      let at = source + x.first[i];
      for (let k = x.start[i], end = x.start[i + 1]; k < end; k++) sum += x.weights[k] * pixels[at++];
      band[target + i] = sum;
    }
  }
  const out = new Float32Array(widthPx * heightPx), line = new Float64Array(widthPx); // [heightPx, widthPx]
  for (let i = 0; i < heightPx; i++) {
    line.fill(y.outside[i] === 0 ? 0 : y.outside[i] * fill);
    let at = (y.first[i] - top) * widthPx;
    for (let k = y.start[i]; k < y.start[i + 1]; k++) {
      const w = y.weights[k];
      for (let j = 0; j < widthPx; j++) line[j] += w * band[at++];
    }
    out.set(line, i * widthPx);
  }
  return { kind: "grey-image", widthPx, heightPx, pixels: out };
}
