import { add, exp, multiply, sameShape, square, subtract } from "../layers/elementwise.ts";
import type { Value } from "../graph/graph.ts";
import { sum } from "../layers/reductions.ts";

/**
 * KL divergence of N(mean, exp(logVariance)) from N(0, 1), summed over dimensions and averaged over the batch:
 * -1/2 sum(1 + logVariance - mean^2 - exp(logVariance)) / n (Kingma and Welling 2014, arXiv:1312.6114, appendix B).
 *
 * @param mean [n, d]
 * @param logVariance [n, d]
 * @returns []
 * @throws {TypeError} if the shapes differ or are not [n, d].
 */
export function klDivergence(mean: Value, logVariance: Value): Value {
  if (!sameShape(mean.shape, logVariance.shape) || mean.shape.length !== 2) {
    throw new TypeError(
      `Cannot build klDivergence: mean and logVariance must be [n, d], got [${mean.shape}] and [${logVariance.shape}]`,
    );
  }
  const inside = subtract(add(logVariance, 1), add(square(mean), exp(logVariance))); // [n, d]
  return multiply(sum(inside), -0.5 / mean.shape[0]);
}
