import { conv2d } from "../convolution/convolution.ts";
import { add, divide, multiply, sameShape, square, subtract } from "../layers/elementwise.ts";
import type { Value } from "../graph/graph.ts";
import { mean } from "../layers/reductions.ts";

/** Window and scale of {@linkcode ssim}. */
export interface SsimOptions {
  /** Side of the square window, pixels. @default {7} */
  window?: number;
  /** Difference between the largest and the smallest possible value. @default {1} */
  range?: number;
}

/**
 * Mean structural similarity (Wang et al. 2004, doi:10.1109/TIP.2003.819861, eq. 13) over all windows inside the image,
 * with a box window instead of the paper's Gaussian one, and divisor n in the variances. 1 if both images are equal; as
 * a loss, use 1 - ssim.
 *
 * @param a [n, 1, h, w]
 * @param b [n, 1, h, w]
 * @returns []
 * @throws {TypeError} if the shapes differ or do not fit.
 */
export function ssim(a: Value, b: Value, { window = 7, range = 1 }: SsimOptions = {}): Value {
  const [, c, h, w] = a.shape;
  if (!sameShape(a.shape, b.shape) || a.shape.length !== 4 || c !== 1 || Math.min(h, w) < window) {
    throw new TypeError(
      `Cannot build ssim: both images must be [n, 1, h, w] with at least ${window} pixels per axis, got [${a.shape}] and [${b.shape}]`,
    );
  }
  const cells = window ** 2;
  const box = a.graph.constant(new Float32Array(cells).fill(1 / cells), [1, 1, window, window]);
  const local = (v: Value) => conv2d(v, box); // mean of each window, [n, 1, h - window + 1, w - window + 1]
  const meanA = local(a), meanB = local(b);
  const squareA = square(meanA), squareB = square(meanB), product = multiply(meanA, meanB);
  const varianceA = subtract(local(square(a)), squareA);
  const varianceB = subtract(local(square(b)), squareB);
  const covariance = subtract(local(multiply(a, b)), product);
  const c1 = (0.01 * range) ** 2, c2 = (0.03 * range) ** 2;
  const above = multiply(add(multiply(product, 2), c1), add(multiply(covariance, 2), c2));
  const below = multiply(add(add(squareA, squareB), c1), add(add(varianceA, varianceB), c2));
  return mean(divide(above, below));
}
