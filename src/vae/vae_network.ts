import { leakyRelu, sigmoid, tanh } from "../training/layers/activations.ts";
import { batchNorm } from "../training/layers/batch_norm.ts";
import { conv2d, convTranspose2d } from "../training/convolution/convolution.ts";
import { multiply } from "../training/layers/elementwise.ts";
import type { Param, Value } from "../training/graph/graph.ts";
import { linear } from "../training/layers/linear.ts";
import { depthToSpace, spaceToDepth } from "../training/layers/pixel_shuffle.ts";
import { reshape, split } from "../training/layers/shapes.ts";

/** Sizes that encoder and decoder share. */
export interface VaeShape {
  /** Side of the crops in pixels. */
  readonly sizePx: number;
  /** Number of latent dimensions. */
  readonly latentSize: number;
  /** Channels at an eighth of the crop's side and after each further halving. */
  readonly channels: readonly number[];
}

/**
 * Factor by which crops are reduced before they are encoded. Finer detail is grain and single trabeculae, which cannot
 * be reconstructed and would use up the latent dimensions.
 */
export const POOL = 2;

/**
 * Squares of this side (pixels of the half-size image) become channels, because layers at full resolution are the
 * slowest and have the smallest receptive field.
 */
export const BLOCK_PX = 4;

/** Largest absolute log variance, so that the variance cannot overflow. */
const LARGEST_LOG_VARIANCE = 10;

/**
 * The encoder of a half-size image. Squares of 4 x 4 pixels become channels. A 3 x 3 convolution follows, and for each
 * further level a 4 x 4 convolution with stride 2, each with batch norm and leaky ReLU. A linear layer gives mean and
 * log variance. The layers are our choice: the paper's abstract names none.
 *
 * @param image [n, 1, s, s] with s half the crop's side, 0 to 1
 * @returns mean and log variance of q(z|x), each [n, d]
 */
export function encoder(
  image: Value,
  { param, shape }: { param: Param; shape: VaeShape },
): { mean: Value; logVariance: Value } {
  const { channels, latentSize } = shape;
  let x = spaceToDepth(image, { block: BLOCK_PX }); // [n, 16, s/4, s/4]
  channels.forEach((c, level) => {
    const name = `encoder.${level}`, from = x.shape[1];
    const side = level === 0 ? 3 : 4;
    const weight = param(`${name}.weight`, [c, from, side, side]);
    // [n, c, s/4/2^level, s/4/2^level]
    x = norm(conv2d(x, weight, { stride: level === 0 ? 1 : 2, padding: 1 }), { param, name });
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
 * The decoder: the encoder's mirror image.
 *
 * @param z [n, d]
 * @returns image [n, 1, s, s] with s half the crop's side, 0 to 1
 */
export function decoder(
  z: Value,
  { param, shape }: { param: Param; shape: VaeShape },
): Value {
  const { channels, latentSize, sizePx } = shape;
  const n = z.shape[0], last = channels.length - 1, top = channels[last];
  const smallest = sizePx / POOL / BLOCK_PX / 2 ** last;
  const spread = linear(z, param("decoder.code.weight", [top * smallest * smallest, latentSize]), {
    bias: param("decoder.code.bias", [top * smallest * smallest]),
  });
  let x = norm(reshape(spread, [n, top, smallest, smallest]), { param, name: "decoder.code" });
  for (let level = last; level > 0; level--) {
    const name = `decoder.${level}`, from = channels[level];
    const weight = param(`${name}.weight`, [from, channels[level - 1], 4, 4], { fanIn: 4 * from });
    x = norm(convTranspose2d(x, weight, { stride: 2, padding: 1 }), { param, name });
  }
  const cells = BLOCK_PX * BLOCK_PX;
  const weight = param("decoder.0.weight", [cells, channels[0], 3, 3], { init: "lecun" });
  const blocks = conv2d(x, weight, { bias: param("decoder.0.bias", [cells]), padding: 1 }); // [n, 16, s/4, s/4]
  return sigmoid(depthToSpace(blocks, { block: BLOCK_PX })); // [n, 1, s, s]
}

/** Batch norm, then leaky ReLU. */
function norm(x: Value, { param, name }: { param: Param; name: string }): Value {
  const c = x.shape[1];
  const gain = param(`${name}.gain`, [c], { init: 1 }), shift = param(`${name}.shift`, [c]);
  return leakyRelu(batchNorm(x, { name, gain, shift }), { slope: 0.2 });
}
