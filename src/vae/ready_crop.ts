import { roundToGreys } from "../image/round_to_greys.ts";
import { resize } from "../image/resize.ts";
import type { CropPlan, GreyImage, GreyValues, HeadCrop, Side } from "../types.ts";
import { InputError } from "../input_error.ts";

/**
 * Converts a head image that was cropped elsewhere into the format of our own crops. The image is resized to the
 * plan's square, and mirrored if it shows a left head. The plan's two quantiles of the image's values become 0 and 1,
 * so that exports of any contrast and bit depth are comparable. Values are rounded to 256 grey levels. The margin
 * around the head is not changed.
 *
 * @param image Any size and any range of values; an image that is not square is stretched to a square.
 * @throws {InputError} if a value is not finite, or the two quantiles are equal.
 */
export function readyCrop(
  image: GreyImage<GreyValues>,
  { plan, side = "unknown" }: { plan: CropPlan; side?: Side },
): HeadCrop {
  const { sizePx, intensityQuantiles: [low, high] } = plan;
  image.pixels.forEach((value, i) => {
    if (!Number.isFinite(value)) {
      throw new InputError(`Cannot use the crop: pixels must be finite, got ${value} at ${i}`);
    }
  });
  const square = resize(image, { widthPx: sizePx, heightPx: sizePx }).pixels; // [sizePx, sizePx]
  const sorted = Float32Array.from(square).sort();
  const at = (quantile: number) => sorted[Math.round(quantile * (sorted.length - 1))];
  const floor = at(low), span = at(high) - floor;
  if (!(span > 0)) {
    throw new InputError("Cannot use the crop: all pixels, or nearly all, have the same value");
  }
  const pixels = square.map((value) => Math.min(1, Math.max(0, (value - floor) / span)));
  if (side === "left") {
    for (let row = 0; row < sizePx; row++) pixels.subarray(row * sizePx, (row + 1) * sizePx).reverse();
  }
  return { kind: "head-crop", side, sizePx, pixels: roundToGreys(pixels) };
}
