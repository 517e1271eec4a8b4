import type { GreyImage, GreyValues } from "../types.ts";
import type { AxisWeights } from "./axis_weights.ts";
import { resampledRows, ROWS_AT_ONCE } from "./resampled_rows.ts";

/**
 * Separable resampling with one set of weights per axis (vertical first, in 32-bit floats). The part of the weight
 * that falls outside the image is applied to `fill`. Rows and columns beyond those that the output needs are
 * not read, so a small window of a large film is cheap.
 */
export function resample(
  image: GreyImage<GreyValues>,
  { x, y, fill = 0 }: { x: AxisWeights; y: AxisWeights; fill?: number },
): GreyImage {
  const widthPx = x.first.length, heightPx = y.first.length;
  const out = new Float32Array(widthPx * heightPx); // [heightPx, widthPx]
  const fourRows = resampledRows(image, { x, y });
  for (let row = 0; row < heightPx; row += ROWS_AT_ONCE) {
    const made = fourRows(row);
    for (let r = 0; r < Math.min(ROWS_AT_ONCE, heightPx - row); r++) {
      out.set(made[r], (row + r) * widthPx);
    }
  }
  addOutside(out, { x, y, fill });
  return { kind: "grey-image", widthPx, heightPx, pixels: out };
}

/** Adds `fill` times the share of each output pixel that is outside the image. */
function addOutside(
  out: Float32Array,
  { x, y, fill }: { x: AxisWeights; y: AxisWeights; fill: number },
): void {
  const sides = x.outside.some((share) => share > 0);
  for (let row = 0, at = 0; row < y.first.length; row++) {
    const beyond = y.outside[row];
    if (!sides && beyond === 0) at += x.first.length;
    else {
      for (let i = 0; i < x.first.length; i++, at++) {
        const outside = x.outside[i] + beyond - x.outside[i] * beyond;
        if (outside > 0) out[at] += outside * fill;
      }
    }
  }
}
