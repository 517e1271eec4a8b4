import { orderStatistics } from "../array/order_statistics.ts";
import { roundToGreys } from "../image/round_to_greys.ts";
import { sampleSquare } from "../image/sample_square.ts";
import { looksLeft } from "./sides/looks_left.ts";
import type { CropPlan, HeadCrop, HeadMask, Radiograph } from "../types.ts";
import { InputError } from "../input_error.ts";

/**
 * The square around one head, as the autoencoder receives it. Its half side, in head radii, comes from the plan. A head
 * that looks like a left one (`looksLeft`) is mirrored, so that all heads of known side look like right ones. The
 * square is resampled with anti-aliasing. The plan's two quantiles of the values inside both square and film become 0
 * and 1 (clipped), so that exposure, bit depth and any linear window have no effect. On a film found to be a negative
 * (`mask.inverted`) the grey values are inverted first, so that bone is bright. Pixels outside the film become 0.
 * Values are rounded to 256 grey levels, as in stored crops.
 *
 * The film's values are those after the modality transform; no VOI window is applied.
 *
 * @throws {InputError} if the square contains no part of the film, or both quantiles are equal.
 */
export function cropHead(radiograph: Radiograph, mask: HeadMask, plan: CropPlan): HeadCrop {
  const { sizePx, halfSideRadii, intensityQuantiles: [low, high] } = plan;
  const film = {
    kind: "grey-image",
    widthPx: radiograph.widthPx,
    heightPx: radiograph.heightPx,
    pixels: radiograph.pixels,
  } as const;
  const square = sampleSquare(film, {
    centerPx: mask.centerPx,
    halfSidePx: mask.radiusPx * halfSideRadii,
    sizePx,
    mirror: looksLeft(mask),
    fill: NaN,
  });
  const { pixels } = square;
  if (mask.inverted) {
    for (let i = 0; i < pixels.length; i++) pixels[i] = -pixels[i];
  }
  const known = new Float32Array(pixels.length);
  let count = 0;
  for (let i = 0; i < pixels.length; i++) if (pixels[i] === pixels[i]) known[count++] = pixels[i];
  if (count === 0) throw new InputError("Cannot crop the head: its square lies beyond the film's edge");
  const ranks = [low, high].map((q) => Math.round(q * (count - 1)));
  const [floor, ceiling] = orderStatistics(known.subarray(0, count), ranks), span = ceiling - floor;
  if (!(span > 0)) {
    throw new InputError("Cannot crop the head: nearly every pixel of its square has the same value");
  }
  for (let i = 0; i < pixels.length; i++) {
    const value = (pixels[i] - floor) / span;
    pixels[i] = value === value ? Math.min(1, Math.max(0, value)) : 0;
  }
  return { kind: "head-crop", side: mask.side, sizePx, pixels: roundToGreys(pixels) };
}
