import type { GreyImage } from "../types.ts";
import type { AxisWeights } from "./axis_weights.ts";
import { checkImage } from "./check_image.ts";
import { resample } from "./resample.ts";

/**
 * Gaussian blur, truncated at four standard deviations (rounded up to whole pixels). Border pixels are repeated outward.
 *
 * @param options.sigmaPx standard deviation in pixels, >= 0 (0 copies the image).
 * @throws {RangeError} if `sigmaPx` is negative or not finite, or the image's size is invalid.
 * @throws {TypeError} if the image's number of values does not match its size.
 */
export function gaussianBlur(image: GreyImage, { sigmaPx }: { sigmaPx: number }): GreyImage {
  checkImage(image, "Cannot blur a picture");
  if (!(sigmaPx >= 0 && Number.isFinite(sigmaPx))) {
    throw new RangeError(`Cannot blur: sigmaPx must be finite and not negative, got ${sigmaPx}`);
  }
  if (sigmaPx === 0) return { ...image, pixels: image.pixels.slice() };
  return resample(image, { x: kernel(image.widthPx, sigmaPx), y: kernel(image.heightPx, sigmaPx) });
}

/** Weights of one axis, a run for each output pixel. Weight beyond the border is added to that of the border pixel. */
function kernel(lengthPx: number, sigmaPx: number): AxisWeights {
  const reach = Math.ceil(4 * sigmaPx), bell = new Float64Array(2 * reach + 1);
  for (let k = -reach; k <= reach; k++) bell[k + reach] = Math.exp(-0.5 * (k / sigmaPx) ** 2);
  const total = bell.reduce((a, b) => a + b, 0);
  const first = new Int32Array(lengthPx), start = new Int32Array(lengthPx + 1);
  const weights = new Float64Array(lengthPx * Math.min(lengthPx, bell.length));
  let at = 0;
  for (let i = 0; i < lengthPx; i++) {
    first[i] = Math.max(0, i - reach);
    const last = Math.min(lengthPx - 1, i + reach);
    for (let k = -reach; k <= reach; k++) {
      const j = Math.min(Math.max(i + k, first[i]), last);
      weights[at + j - first[i]] += bell[k + reach] / total;
    }
    at += last - first[i] + 1;
    start[i + 1] = at;
  }
  return { first, start, weights: weights.slice(0, at), outside: new Float64Array(lengthPx) };
}
