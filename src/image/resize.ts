import type { GreyImage, GreyValues } from "../types.ts";
import { type AxisWeights, axisWeights } from "./axis_weights.ts";
import { checkImage } from "./check_image.ts";
import { resample } from "./resample.ts";

/** The new size in pixels; integers of at least 1. */
export interface ResizeOptions {
  widthPx: number;
  heightPx: number;
}

/**
 * Resizes an image to exactly `widthPx` x `heightPx`, with the outer edges aligned (half-pixel centres). An axis that
 * shrinks uses the mean over each output pixel's footprint, one that grows uses linear interpolation.
 *
 * @returns values of shape [heightPx, widthPx]; a constant image stays constant.
 * @throws {RangeError} if a size, also the image's own, is not a whole number from 1.
 * @throws {TypeError} if the image's number of values does not match its size.
 */
export function resize(image: GreyImage<GreyValues>, { widthPx, heightPx }: ResizeOptions): GreyImage {
  checkImage(image, "Cannot resize a picture");
  if (!Number.isInteger(widthPx) || !Number.isInteger(heightPx) || widthPx < 1 || heightPx < 1) {
    throw new RangeError(`Cannot resize: sizes must be whole numbers from 1, got ${widthPx} x ${heightPx}`);
  }
  return resample(image, { x: stretch(image.widthPx, widthPx), y: stretch(image.heightPx, heightPx) });
}

/** Cached weights by input and output size, because many images have the same size. */
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
