import type { GreyImage, HeadCrop } from "../types.ts";
import { type ResidualScale, smoothResidual } from "./residual_scale.ts";

/** Share of the head's pixels whose mean makes its score: a lesion fills a part of the head, not all of it. */
const TAIL_SHARE = 0.05;

/**
 * Where a head differs from what the decoder can draw, in standard deviations of healthy heads at the same pixel: one scale for
 * the whole cohort, so that a healthy head stays dark beside a diseased one.
 *
 * @returns z, [sizePx, sizePx]; above 0 where the head is denser than expected.
 * @throws {TypeError} if crop, reconstruction and scale differ in size.
 */
export function residualMap(
  crop: HeadCrop,
  reconstruction: GreyImage,
  { scale }: { scale: ResidualScale },
): Float32Array {
  if (crop.sizePx !== scale.sizePx) {
    throw new TypeError(
      `Cannot map residuals: crop and scale are of one size, got ${crop.sizePx} and ${scale.sizePx} px`,
    );
  }
  return smoothResidual(crop, reconstruction).map((value, i) => (value - scale.mean[i]) / scale.sd[i]);
}

/**
 * One number a head: mean |z| of the 5 % of pixels that differ most, inside the circle of the head.
 *
 * @param z A residual map, [sizePx, sizePx].
 * @param options.halfSideRadii Half the crop's side in head radii, from the plan.
 */
export function residualScore(
  z: Float32Array,
  { sizePx, halfSideRadii }: { sizePx: number; halfSideRadii: number },
): number {
  const middle = (sizePx - 1) / 2, radiusPx = sizePx / 2 / halfSideRadii;
  const inside = z.filter((_value, i) =>
    Math.hypot(i % sizePx - middle, Math.floor(i / sizePx) - middle) <= radiusPx
  );
  const sorted = inside.map(Math.abs).sort();
  const count = Math.max(1, Math.round(TAIL_SHARE * sorted.length));
  const score = sorted.subarray(sorted.length - count).reduce((sum, value) => sum + value, 0) / count;
  if (!Number.isFinite(score)) {
    throw new RangeError(`Cannot score the residuals: they are finite, got ${score}`);
  }
  return score;
}
