import type { GreyImage, GreyValues } from "../types.ts";
import { type AxisWeights, axisWeights } from "./axis_weights.ts";
import { checkImage } from "./check_image.ts";
import { resample } from "./resample.ts";

/** Position of the square and the resolution at which it is sampled. */
export interface SquareOptions {
  /** Centre, [x, y] in pixels; (0, 0) is the centre of the first pixel. May be between pixels. */
  centerPx: readonly [number, number];
  /** Half the side length of the square in pixels, > 0. */
  halfSidePx: number;
  /** Side length of the result in pixels. */
  sizePx: number;
  /** Swap left and right. @default {false} */
  mirror?: boolean;
  /** Value beyond the border, or `"edge"` to repeat the nearest pixel. @default {0} */
  fill?: number | "edge";
}

/**
 * Resamples a square window around a point with linear interpolation. When shrinking, the kernel is a triangle scaled
 * to the new pixel size, so fine structure is not aliased.
 *
 * @returns values of shape [sizePx, sizePx]; pixel (0, 0) is the window's upper left corner (upper right if mirrored).
 * @throws {RangeError} if `sizePx` is not a positive integer, `halfSidePx` not positive, a number not finite, or the
 * image's size invalid.
 * @throws {TypeError} if the image's number of values does not match its size.
 */
export function sampleSquare(
  image: GreyImage<GreyValues>,
  { centerPx, halfSidePx, sizePx, mirror = false, fill = 0 }: SquareOptions,
): GreyImage {
  checkImage(image, "Cannot sample a square");
  if (!Number.isInteger(sizePx) || sizePx < 1) {
    throw new RangeError(`Cannot sample a square: sizePx must be a whole number from 1, got ${sizePx}`);
  }
  if (!(halfSidePx > 0 && Number.isFinite(halfSidePx)) || !centerPx.every(Number.isFinite)) {
    throw new RangeError(
      `Cannot sample a square: the centre must be finite and halfSidePx > 0, got [${centerPx}] and ${halfSidePx}`,
    );
  }
  const clamp = fill === "edge", step = 2 * halfSidePx / sizePx;
  const axis = (center: number, inPx: number): AxisWeights =>
    axisWeights({
      inPx,
      outPx: sizePx,
      step,
      origin: center - halfSidePx + step / 2,
      kernel: "triangle",
      clamp,
    });
  const square = resample(image, {
    x: axis(centerPx[0], image.widthPx),
    y: axis(centerPx[1], image.heightPx),
    fill: fill === "edge" ? 0 : fill,
  });
  if (mirror) {
    for (let row = 0; row < sizePx; row++) {
      square.pixels.subarray(row * sizePx, (row + 1) * sizePx).reverse();
    }
  }
  return square;
}
