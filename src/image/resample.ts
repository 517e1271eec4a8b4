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
  let row = top;
  for (; row + 3 <= bottom; row += 4) {
    weighFourRows(pixels.subarray(row * image.widthPx), { x, fill, rowPx: image.widthPx }, band, row - top);
  }
  for (; row <= bottom; row++) {
    const source = row * image.widthPx, target = (row - top) * widthPx;
    for (let i = 0; i < widthPx; i++) {
      let sum = x.outside[i] === 0 ? 0 : x.outside[i] * fill;
      let at = source + x.first[i];
      for (let k = x.start[i], end = x.start[i + 1]; k < end; k++) sum += x.weights[k] * pixels[at++];
      band[target + i] = sum;
    }
  }
  const out = new Float32Array(widthPx * heightPx); // [heightPx, widthPx]
  for (let i = 0; i < heightPx; i++) {
    const lost = y.outside[i] === 0 ? 0 : y.outside[i] * fill, to = i * widthPx;
    const from = (y.first[i] - top) * widthPx, start = y.start[i], end = y.start[i + 1];
    let j = 0;
    for (; j + 3 < widthPx; j += 4) { // four columns, whose sums need not wait for one another
      let a = lost, b = lost, c = lost, d = lost;
      for (let k = start, at = from + j; k < end; k++, at += widthPx) {
        const w = y.weights[k];
        a += w * band[at];
        b += w * band[at + 1];
        c += w * band[at + 2];
        d += w * band[at + 3];
      }
      out[to + j] = a;
      out[to + j + 1] = b;
      out[to + j + 2] = c;
      out[to + j + 3] = d;
    }
    for (; j < widthPx; j++) {
      let sum = lost;
      for (let k = start, at = from + j; k < end; k++, at += widthPx) sum += y.weights[k] * band[at];
      out[to + j] = sum;
    }
  }
  return { kind: "grey-image", widthPx, heightPx, pixels: out };
}

/** The columns' weights on four rows at once, whose sums need not wait for one another. */
function weighFourRows(
  pixels: Float32Array,
  { x, fill, rowPx }: { x: AxisWeights; fill: number; rowPx: number },
  band: Float64Array, // [rows, outputs], from row `to` on
  to: number,
): void {
  const { first, start, weights, outside } = x, outputs = first.length;
  for (let i = 0, target = to * outputs; i < outputs; i++, target++) {
    const lost = outside[i] === 0 ? 0 : outside[i] * fill;
    let a = lost, b = lost, c = lost, d = lost;
    for (let k = start[i], end = start[i + 1], at = first[i]; k < end; k++, at++) {
      const w = weights[k];
      a += w * pixels[at];
      b += w * pixels[at + rowPx];
      c += w * pixels[at + 2 * rowPx];
      d += w * pixels[at + 3 * rowPx];
    }
    band[target] = a;
    band[target + outputs] = b;
    band[target + 2 * outputs] = c;
    band[target + 3 * outputs] = d;
  }
}
