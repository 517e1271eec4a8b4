import { orderStatistics } from "../array/order_statistics.ts";
import type { GreyImage, HeadCrop } from "../types.ts";
import { type ResidualScale, smoothResidual } from "./residual_scale.ts";

/**
 * Share of the head's pixels, those with the largest |z|, whose mean is the score. A lesion occupies only a part of the
 * head.
 */
const TAIL_SHARE = 0.05;

/**
 * Difference between a crop and its reconstruction, in standard deviations of healthy heads at the same pixel. The
 * scale is the same for the whole cohort, so maps of different heads can be compared.
 *
 * @param options.contrast `localContrast` of the crop, if already computed.
 * @returns z, [sizePx, sizePx]; above 0 where the head is denser than expected.
 * @throws {TypeError} if crop, reconstruction and scale differ in size.
 */
export function residualMap(
  crop: HeadCrop,
  reconstruction: GreyImage,
  { scale, contrast }: { scale: ResidualScale; contrast?: Float32Array },
): Float32Array {
  if (crop.sizePx !== scale.sizePx) {
    throw new TypeError(
      `Cannot map residuals: crop and scale must have the same size, got ${crop.sizePx} and ${scale.sizePx} px`,
    );
  }
  const z = smoothResidual(crop, reconstruction, contrast), { mean, sd } = scale;
  for (let i = 0; i < z.length; i++) z[i] = (z[i] - mean[i]) / sd[i];
  return z;
}

/** Indices of the pixels inside the circle of the head (`places`), and the crop's geometry that they belong to. */
interface Circle {
  readonly sizePx: number;
  readonly halfSideRadii: number;
  readonly places: Uint32Array;
}

let last: Circle | undefined;

/** The pixels inside the circle of the head; the result of the last call is stored. */
function circle({ sizePx, halfSideRadii }: Omit<Circle, "places">): Circle {
  if (last?.sizePx === sizePx && last.halfSideRadii === halfSideRadii) return last;
  const middle = (sizePx - 1) / 2, radiusPx = sizePx / 2 / halfSideRadii, places: number[] = [];
  for (let i = 0; i < sizePx * sizePx; i++) {
    if (Math.hypot(i % sizePx - middle, Math.floor(i / sizePx) - middle) <= radiusPx) places.push(i);
  }
  return last = { sizePx, halfSideRadii, places: Uint32Array.from(places) };
}

/**
 * Residual score of a head: mean |z| of the 5 % of pixels with the largest |z|, inside the circle of the head.
 *
 * @param z A residual map, [sizePx, sizePx].
 * @param options.halfSideRadii Half the crop's side in head radii, from the plan.
 * @throws {RangeError} if a value inside the circle is not finite.
 */
export function residualScore(
  z: Float32Array,
  { sizePx, halfSideRadii }: { sizePx: number; halfSideRadii: number },
): number {
  const { places } = circle({ sizePx, halfSideRadii });
  const sizes = new Float32Array(places.length);
  for (let i = 0; i < places.length; i++) sizes[i] = Math.abs(z[places[i]]);
  const count = Math.max(1, Math.round(TAIL_SHARE * sizes.length));
  const [least] = orderStatistics(sizes, [sizes.length - count]);
  // Values equal to the limit fill the rest of the tail. All are summed in ascending order.
  const above = sizes.filter((value) => !(value <= least)).sort(); // keeps NaN, which is reported below
  const ties = count - above.length;
  let sum = 0;
  for (let i = 0; i < ties; i++) sum += least;
  for (let i = 0; i < above.length; i++) sum += above[i];
  const score = sum / count;
  if (!Number.isFinite(score)) {
    throw new RangeError(`Cannot score the residuals: they must be finite, got ${score}`);
  }
  return score;
}
