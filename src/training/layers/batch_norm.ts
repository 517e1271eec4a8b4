import { channelAffine } from "./channel_affine.ts";
import { channelDot, channelSum } from "./channel_statistics.ts";
import { add, divide, multiply, negate, reciprocalSqrt } from "./elementwise.ts";
import type { Value } from "../graph/graph.ts";

/** Options of {@linkcode batchNorm}. */
export interface BatchNormOptions {
  /** Name for the running mean and variance; unique within the network. */
  name: string;
  /** Factor for each channel, [c]; initialise it with 1. */
  gain: Value;
  /** Term added to each channel, [c]; initialise it with 0. */
  shift: Value;
  /** Added to the variance. @default {1e-5} */
  epsilon?: number;
}

/**
 * Batch normalisation (Ioffe and Szegedy 2015, arXiv:1502.03167): each channel is normalised to mean 0 and variance 1
 * over batch and space, then scaled and shifted. Training uses the statistics of the batch and averages them; deployed
 * networks use these running averages. The running variance is unbiased, as in PyTorch.
 *
 * This layer is composed of simpler operations, because onnxruntime's training mode silently gives wrong gradients on
 * the CPU (onnxruntime issue 29790). The gradient follows Ioffe and Szegedy, section 3, rearranged so that dx is the
 * sum of an affine map of the centred x and one of the output gradient.
 *
 * @param x [n, c, h, w]
 * @returns [n, c, h, w]
 * @throws {TypeError} if the shapes do not fit. @throws {RangeError} if there is only one value per channel in
 * training.
 */
export function batchNorm(x: Value, { name, gain, shift, epsilon = 1e-5 }: BatchNormOptions): Value {
  const g = x.graph;
  const c = x.shape[1], count = x.size / c;
  if (x.shape.length !== 4 || gain.size !== c || shift.size !== c) {
    throw new TypeError(
      `Cannot build batchNorm: x must be [n, c, h, w], gain and shift [c], got [${x.shape}], [${gain.shape}], [${shift.shape}]`,
    );
  }
  const runningMean = g.statistic(`${name}.mean`, [c], 0);
  const runningVariance = g.statistic(`${name}.variance`, [c], 1);
  if (!g.training) {
    return g.emit("BatchNormalization", [x, gain, shift, runningMean, runningVariance], x.shape, {
      attributes: { epsilon: { float: epsilon } },
    });
  }
  if (count < 2) {
    throw new RangeError(
      `Cannot build batchNorm: a variance needs at least two values per channel, got ${count}`,
    );
  }

  // The variance takes two passes over x. E[x^2] - mean^2 would need only one, but doubles the error of a U-Net's
  // gradient.
  const mean = divide(channelSum(x), count);
  const centred = channelAffine(x, { scale: g.filled(1, c), shift: negate(mean) });
  const variance = divide(channelDot(centred, centred), count);
  g.statisticUpdates.set(`${name}.mean`, mean);
  g.statisticUpdates.set(`${name}.variance`, multiply(variance, count / (count - 1)));
  const inverse = reciprocalSqrt(add(variance, epsilon)); // [c]
  const scale = multiply(gain, inverse);
  return g.differentiable(channelAffine(centred, { scale, shift }), [x, gain, shift], (d) => {
    const shiftGradient = channelSum(d);
    const gainGradient = multiply(channelDot(d, centred), inverse);
    // dx = scale d + b centred + e with, for each channel,
    const b = divide(multiply(multiply(scale, inverse), gainGradient), -count);
    const e = divide(multiply(scale, shiftGradient), -count);
    const plus = channelAffine(centred, { scale: b, shift: e });
    return [channelAffine(d, { scale, shift: g.filled(0, c), plus }), gainGradient, shiftGradient];
  });
}
