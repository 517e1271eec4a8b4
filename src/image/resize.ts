import type { GreyImage, GreyValues } from "../types.ts";
import { type AxisWeights, axisWeights } from "./axis_weights.ts";
import { checkImage } from "./check_image.ts";
import { resample } from "./resample.ts";

/** The size wanted, in pixels; each a whole number from 1. */
export interface ResizeOptions {
  widthPx: number;
  heightPx: number;
}

/**
 * Resizes a picture to exactly `widthPx` x `heightPx`, the outer edges of both pictures coinciding (half-pixel
 * centres): the mean over each output pixel's footprint where an axis shrinks, linear interpolation where it grows.
 *
 * @returns values of shape [heightPx, widthPx]; a constant stays that constant.
 * @throws {RangeError} if a size is not a whole number from 1.
 */
export function resize(image: GreyImage<GreyValues>, { widthPx, heightPx }: ResizeOptions): GreyImage {
  checkImage(image, "Cannot resize a picture");
  if (!Number.isInteger(widthPx) || !Number.isInteger(heightPx) || widthPx < 1 || heightPx < 1) {
    throw new RangeError(`Cannot resize: sizes must be whole numbers from 1, got ${widthPx} x ${heightPx}`);
  }
  return resample(image, { x: stretch(image.widthPx, widthPx), y: stretch(image.heightPx, heightPx) });
}

/** Weights by their two sizes: pictures come in many of one size. */
const known = new Map<string, AxisWeights>();

/** Weights that stretch `inPx` samples over `outPx`. */
function stretch(inPx: number, outPx: number): AxisWeights {
  const key = `${inPx} ${outPx}`, step = inPx / outPx, kernel = step >= 1 ? "area" : "triangle";
  const weights = known.get(key) ??
    axisWeights({ inPx, outPx, step, origin: step / 2 - 0.5, kernel, clamp: true });
  if (known.size > 16) known.clear();
  known.set(key, weights);
  return weights;
}
