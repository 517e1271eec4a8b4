import { leakyRelu, sigmoid, tanh } from "../training/activations.ts";
import { batchNorm } from "../training/batch_norm.ts";
import { conv2d, convTranspose2d } from "../training/convolution.ts";
import { multiply } from "../training/elementwise.ts";
import type { Param, Value } from "../training/graph.ts";
import { linear } from "../training/linear.ts";
import { reshape, split } from "../training/shapes.ts";

/** What both halves of the network must agree on. */
export interface VaeShape {
  readonly sizePx: number;
  readonly latentSize: number;
  /** Channels after each halving of the picture. */
  readonly channels: readonly number[];
}

/** Log variances stay within this bound, so that no exponential overflows on the way. */
const LARGEST_LOG_VARIANCE = 10;

/**
 * The encoder: one stride-2 convolution of 4 x 4 a level, batch norm, leaky ReLU; then one linear layer to mean and log
 * variance. Layers are our choice.
 *
 * @param image [n, 1, s, s], 0 to 1
 * @returns mean and log variance of q(z|x), each [n, d]
 */
export function encoder(
  image: Value,
  { param, shape }: { param: Param; shape: VaeShape },
): { mean: Value; logVariance: Value } {
  const { channels, latentSize } = shape;
  let x = image; // [n, 1, s, s]
  channels.forEach((c, level) => {
    const from = level === 0 ? 1 : channels[level - 1];
    const weight = param(`encoder.${level}.weight`, [c, from, 4, 4]);
    x = norm(conv2d(x, weight, { stride: 2, padding: 1 }), { param, name: `encoder.${level}` }); // [n, c, s/2, s/2]
  });
  const n = x.shape[0], flat = x.size / n;
  const both = linear(
    reshape(x, [n, flat]),
    param("encoder.code.weight", [2 * latentSize, flat], { init: "lecun" }),
    {
      bias: param("encoder.code.bias", [2 * latentSize]),
    },
  ); // [n, 2 d]
  const [mean, raw] = split(both, [latentSize, latentSize]);
  const bounded = tanh(multiply(raw, 1 / LARGEST_LOG_VARIANCE));
  return { mean, logVariance: multiply(bounded, LARGEST_LOG_VARIANCE) };
}

/**
 * The decoder: the encoder's mirror image in transposed convolutions.
 *
 * @param z [n, d]
 * @returns image [n, 1, s, s], 0 to 1
 */
export function decoder(
  z: Value,
  { param, shape }: { param: Param; shape: VaeShape },
): Value {
  const { channels, latentSize, sizePx } = shape;
  const n = z.shape[0], widths = [1, ...channels], depth = channels.length;
  const smallest = sizePx / 2 ** depth, top = widths[depth];
  const flat = top * smallest * smallest;
  const spread = linear(z, param("decoder.code.weight", [flat, latentSize]), {
    bias: param("decoder.code.bias", [flat]),
  });
  let x = norm(reshape(spread, [n, top, smallest, smallest]), { param, name: "decoder.code" });
  for (let level = depth - 1; level >= 0; level--) {
    const name = `decoder.${level}`;
    const weight = param(`${name}.weight`, [widths[level + 1], widths[level], 4, 4], {
      fanIn: 4 * widths[level + 1],
    });
    if (level > 0) x = norm(convTranspose2d(x, weight, { stride: 2, padding: 1 }), { param, name });
    else x = convTranspose2d(x, weight, { bias: param(`${name}.bias`, [1]), stride: 2, padding: 1 });
  }
  return sigmoid(x); // [n, 1, s, s]
}

/** Batch norm, then leaky ReLU. */
function norm(x: Value, { param, name }: { param: Param; name: string }): Value {
  const c = x.shape[1];
  const gain = param(`${name}.gain`, [c], { init: 1 }), shift = param(`${name}.shift`, [c]);
  return leakyRelu(batchNorm(x, { name, gain, shift }), { slope: 0.2 });
}
