/** The two networks of the training benchmark for our engine. `training_torch.py` defines the same ones in PyTorch. */
import { leakyRelu, relu, sigmoid, softplus } from "../../src/training/layers/activations.ts";
import { batchNorm } from "../../src/training/layers/batch_norm.ts";
import { conv2d, convTranspose2d } from "../../src/training/convolution/convolution.ts";
import { add, exp, multiply, subtract } from "../../src/training/layers/elementwise.ts";
import type { Network, Param, Value } from "../../src/training/graph/graph.ts";
import { klDivergence } from "../../src/training/losses/kl_divergence.ts";
import { linear } from "../../src/training/layers/linear.ts";
import { bceWithLogits, softDice } from "../../src/training/losses/losses.ts";
import { maxPool2d } from "../../src/training/layers/pooling.ts";
import type { Recipe } from "../../src/training/loop/recipe.ts";
import { sum } from "../../src/training/layers/reductions.ts";
import { concat, reshape, split } from "../../src/training/layers/shapes.ts";

/** Sizes of one workload. */
export interface Workload {
  readonly network: "unet" | "vae";
  readonly batch: number;
  readonly sizePx: number;
  /** Channels of each level. */
  readonly channels: readonly number[];
  /** Size of the latent vector (vae). */
  readonly latent: number;
}

/** U-Net 256 x 256, batch 4, 16 to 256 channels; VAE 128 x 128, batch 32, latent 32. */
export const WORKLOADS: Readonly<Record<"unet" | "vae", Workload>> = {
  unet: { network: "unet", batch: 4, sizePx: 256, channels: [16, 32, 64, 128, 256], latent: 0 },
  vae: { network: "vae", batch: 32, sizePx: 128, channels: [32, 64, 128, 256], latent: 32 },
};

/** The `build` function of a recipe for a workload. */
export function workloadRecipe(workload: Workload): Pick<Recipe, "build"> {
  const { network, batch, sizePx, latent } = workload;
  const shape = [batch, 1, sizePx, sizePx];
  if (network === "unet") {
    return {
      build(g, param) {
        const x = g.input("x", shape), t = g.input("t", shape);
        const logits = unet(workload)(g, param, x);
        return { loss: add(bceWithLogits(logits, t), softDice(sigmoid(logits), t)) };
      },
    };
  }
  return {
    build(g, param) {
      const x = g.input("x", shape), epsilon = g.input("epsilon", [batch, latent]);
      return { loss: vaeLoss(workload, param, { x, epsilon }) };
    },
  };
}

/** U-Net (Ronneberger et al. 2015, arXiv:1505.04597) with BatchNorm and transposed convolutions. */
function unet({ channels }: Workload): Network {
  return (_g, param, image) => {
    const layer = (x: Value, name: string, co: number) => {
      const y = conv2d(x, param(`${name}.weight`, [co, x.shape[1], 3, 3]), { padding: 1 });
      return relu(normalised(param, y, name));
    };
    const block = (x: Value, name: string, co: number) => layer(layer(x, `${name}.0`, co), `${name}.1`, co);
    const skips: Value[] = [];
    const deepest = channels.length - 1;
    let x = image;
    channels.forEach((c, level) => {
      x = block(x, `down${level}`, c);
      if (level === deepest) return;
      skips.push(x);
      x = maxPool2d(x);
    });
    for (let level = deepest - 1; level >= 0; level--) {
      const c = channels[level];
      const weight = param(`up${level}.weight`, [x.shape[1], c, 2, 2]);
      x = convTranspose2d(x, weight, { bias: param(`up${level}.bias`, [c]), stride: 2 });
      x = block(concat([x, skips[level]]), `join${level}`, c);
    }
    return conv2d(x, param("head.weight", [1, channels[0], 1, 1]), { bias: param("head.bias", [1]) });
  };
}

/** Bernoulli reconstruction plus KL divergence of a convolutional VAE (Kingma and Welling 2014, arXiv:1312.6114). */
function vaeLoss(
  { channels, latent, sizePx, batch }: Workload,
  param: Param,
  { x, epsilon }: { x: Value; epsilon: Value },
): Value {
  const act = (y: Value, name: string) => leakyRelu(normalised(param, y, name), { slope: 0.2 });
  let h = x;
  channels.forEach((c, k) => {
    const weight = param(`encode${k}.weight`, [c, h.shape[1], 4, 4]);
    h = act(conv2d(h, weight, { stride: 2, padding: 1 }), `encode${k}`);
  });
  const deepest = channels[channels.length - 1],
    side = sizePx / 2 ** channels.length,
    flat = deepest * side ** 2;
  const both = linear(reshape(h, [batch, flat]), param("latent.weight", [2 * latent, flat]), {
    bias: param("latent.bias", [2 * latent]),
  });
  const [mean, logVariance] = split(both, [latent, latent]);
  const z = add(mean, multiply(epsilon, exp(multiply(logVariance, 0.5))));
  const grown = linear(z, param("grow.weight", [flat, latent]), { bias: param("grow.bias", [flat]) });
  let d = reshape(grown, [batch, deepest, side, side]);
  [...channels.slice(0, -1).reverse(), 1].forEach((c, k) => {
    const weight = param(`decode${k}.weight`, [d.shape[1], c, 4, 4]);
    const last = c === 1;
    d = convTranspose2d(d, weight, {
      bias: last ? param(`decode${k}.bias`, [c]) : undefined,
      stride: 2,
      padding: 1,
    });
    if (!last) d = act(d, `decode${k}`);
  });
  const reconstruction = multiply(sum(subtract(softplus(d), multiply(d, x))), 1 / batch);
  return add(reconstruction, klDivergence(mean, logVariance));
}

function normalised(param: Param, y: Value, name: string): Value {
  const c = y.shape[1];
  return batchNorm(y, {
    name,
    gain: param(`${name}.gain`, [c], { init: 1 }),
    shift: param(`${name}.shift`, [c]),
  });
}
