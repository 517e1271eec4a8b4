import { relu, sigmoid } from "../../training/layers/activations.ts";
import { batchNorm } from "../../training/layers/batch_norm.ts";
import { conv2d } from "../../training/convolution/convolution.ts";
import { add } from "../../training/layers/elementwise.ts";
import type { Builder, Network, Param, Value } from "../../training/graph/graph.ts";
import { depthToSpace, spaceToDepth } from "../../training/layers/pixel_shuffle.ts";
import { upsampleNearest } from "../../training/layers/upsampling.ts";

/**
 * Channels at 1/2, 1/4, 1/8, 1/16 and 1/32 of the input's size. Multiples of 16 make full use of the CPU's vector
 * instructions.
 */
const WIDTHS = [16, 32, 48, 80, 128] as const;
/** Residual blocks at each size of the encoder. */
const DEPTHS = [0, 1, 1, 2, 2] as const;

/** Convolution, batch norm and, unless switched off, ReLU. */
function unit(
  param: Param,
  x: Value,
  options: { name: string; width: number; stride?: number; size?: number; linear?: boolean },
) {
  const { name, width, stride = 1, size = 3, linear = false } = options;
  const weight = param(`${name}.weight`, [width, x.shape[1], size, size]);
  const y = conv2d(x, weight, { stride, padding: size >> 1 });
  const gain = param(`${name}.gain`, [width], { init: 1, decay: false });
  const shift = param(`${name}.shift`, [width], { init: 0, decay: false });
  const normed = batchNorm(y, { name: `${name}.norm`, gain, shift });
  return linear ? normed : relu(normed);
}

/** Two convolutions with a residual connection (He et al. 2016). */
function residual(param: Param, x: Value, name: string): Value {
  const width = x.shape[1];
  const inner = unit(param, x, { name: `${name}.0`, width });
  return relu(add(x, unit(param, inner, { name: `${name}.1`, width, linear: true })));
}

/**
 * The segmentation network, a U-Net (Ronneberger et al. 2015) modified to need less computation. Squares of 2 x 2 input
 * pixels become channels, so that the finest level works at half size. Levels are downsampled by strided convolutions,
 * and skip connections are added instead of concatenated. The channels of the last level become 2 x 2 squares again.
 *
 * @param x [n, 2, s, s], s a multiple of 32, as `normaliseFilm` makes it
 * @returns logits [n, 4, s, s]: head, left, implant, inverted
 */
export const unet: Network = (_g: Builder, param: Param, x: Value): Value => {
  let y = unit(param, spaceToDepth(x), { name: "down0", width: WIDTHS[0] }); // [n, 16, s / 2, s / 2]
  const skips: Value[] = [];
  for (let level = 1; level < WIDTHS.length; level++) {
    skips.push(y);
    // [n, WIDTHS[level], s / 2^(level + 1), s / 2^(level + 1)]
    y = unit(param, y, { name: `down${level}`, width: WIDTHS[level], stride: 2 });
    for (let k = 0; k < DEPTHS[level]; k++) y = residual(param, y, `down${level}.${k}`);
  }
  for (let level = WIDTHS.length - 2; level >= 0; level--) {
    const up = upsampleNearest(
      unit(param, y, { name: `up${level}.in`, width: WIDTHS[level], size: 1, linear: true }),
    );
    y = unit(param, relu(add(up, skips[level])), { name: `up${level}`, width: WIDTHS[level] });
  }
  const weight = param("out.weight", [16, WIDTHS[0], 1, 1]);
  const bias = param("out.bias", [16], { init: 0, decay: false });
  return depthToSpace(conv2d(y, weight, { bias })); // [n, 4, s, s]
};

/** The network as it is released: probabilities instead of logits. */
export const unetMaps: Network = (g, param, x) => sigmoid(unet(g, param, x));
