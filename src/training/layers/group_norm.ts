import { add, multiply, reciprocalSqrt, square, subtract } from "./elementwise.ts";
import type { Value } from "../graph/graph.ts";
import { mean } from "./reductions.ts";
import { reshape } from "./shapes.ts";

/** Options of {@linkcode groupNorm}. */
export interface GroupNormOptions {
  /** Number of groups of neighbouring channels; must divide the number of channels. */
  groups: number;
  /** Factor for each channel, [c]; initialise it with 1. */
  gain: Value;
  /** Term added to each channel, [c]; initialise it with 0. */
  shift: Value;
  /** Added to the variance. @default {1e-5} */
  epsilon?: number;
}

/**
 * Group normalisation (Wu and He 2018, arXiv:1803.08494): each group of channels of each image is normalised to mean 0
 * and variance 1, then each channel is scaled and shifted. It needs no running statistics. The gradient follows from
 * the operations that the layer is composed of.
 *
 * @param x [n, c, h, w]
 * @returns [n, c, h, w]
 * @throws {TypeError} if the shapes do not fit, or `groups` does not divide c.
 */
export function groupNorm(x: Value, { groups, gain, shift, epsilon = 1e-5 }: GroupNormOptions): Value {
  const [n, c, h, w] = x.shape;
  if (x.shape.length !== 4 || c % groups !== 0 || gain.size !== c || shift.size !== c) {
    throw new TypeError(
      `Cannot build groupNorm: x must be [n, c, h, w] with c a multiple of ${groups}, gain and shift [c], ` +
        `got [${x.shape}], [${gain.shape}], [${shift.shape}]`,
    );
  }
  const flat = reshape(x, [n, groups, x.size / (n * groups)]); // [n, groups, c / groups * h * w]
  const centred = subtract(flat, mean(flat, { axes: [2], keep: true }));
  const variance = mean(square(centred), { axes: [2], keep: true }); // [n, groups, 1]
  const unit = multiply(centred, reciprocalSqrt(add(variance, epsilon)));
  const image = reshape(unit, [n, c, h, w]);
  return add(multiply(image, reshape(gain, [1, c, 1, 1])), reshape(shift, [1, c, 1, 1]));
}
