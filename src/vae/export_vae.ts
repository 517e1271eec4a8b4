import { exportNetwork, type TrainedNetwork } from "../training/graph/export_network.ts";
import { averagePool2d } from "../training/layers/pooling.ts";
import { upsampleBilinear } from "../training/layers/upsampling.ts";
import { exp } from "../training/layers/elementwise.ts";
import type { Builder, Value } from "../training/graph/value.ts";
import { linear } from "../training/layers/linear.ts";
import { split } from "../training/layers/shapes.ts";
import type { CodeBasis } from "./code_basis.ts";
import { decoder, encoder, POOL, type VaeShape } from "./vae_network.ts";

/** The two halves of a trained VAE as ONNX bytes. */
export interface VaeModels {
  /**
   * Input `image` [n, 1, s, s], 0 to 1. Outputs `mean` and `logvar` [n, latentSize]; with a basis of d measured
   * coordinates, `mean` and `variance` [n, d] and, if d is smaller than latentSize, `rest` [n, latentSize - d].
   */
  readonly encoder: Uint8Array<ArrayBuffer>;
  /** Input `z` [n, latentSize]; output `image` [n, 1, s, s], 0 to 1. */
  readonly decoder: Uint8Array<ArrayBuffer>;
}

/**
 * Writes encoder and decoder from the definition that they were trained with. With a basis, the encoder ends and the
 * decoder begins with a change of coordinates. The trained parameters are the same with and without a basis, so
 * training can continue from the files.
 */
export function exportVae(trained: TrainedNetwork, shape: VaeShape, basis?: CodeBasis): VaeModels {
  const { sizePx, latentSize } = shape;
  return {
    encoder: exportNetwork(
      (g, param, image) => {
        const { mean, logVariance } = encoder(averagePool2d(image, { size: POOL }), { param, shape });
        return basis ? turned(g, { mean, logVariance, basis }) : { mean, logvar: logVariance };
      },
      trained,
      { shape: [1, sizePx, sizePx], input: "image" },
    ),
    decoder: exportNetwork(
      (g, param, z) => {
        const code = basis ? turnedBack(g, { z, basis }) : z;
        return { image: upsampleBilinear(decoder(code, { param, shape }), { factor: POOL }) };
      },
      trained,
      { shape: [latentSize], input: "z" },
    ),
  };
}

/** Mean and variances of q(z|x) in the coordinates of the basis, without the covariances between coordinates. */
function turned(
  g: Builder,
  { mean, logVariance, basis: { centre, turn, measured } }: {
    mean: Value;
    logVariance: Value;
    basis: CodeBasis;
  },
): Record<string, Value> {
  const d = centre.length;
  const origin = Float32Array.from(centre, (_value, i) => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum -= turn[i * d + j] * centre[j];
    return sum;
  });
  const matrix = g.constant(Float32Array.from(turn), [d, d], "basis.turn");
  const all = linear(mean, matrix, { bias: g.constant(origin, [d], "basis.origin") }); // [n, d]
  const squares = g.constant(
    Float32Array.from(turn.subarray(0, measured * d), (value) => value * value),
    [measured, d],
    "basis.squares",
  );
  // The logarithm is left to `encodeCrops`, because the last bit of onnxruntime's Log depends on the batch size.
  const variance = linear(exp(logVariance), squares); // [n, measured]
  if (measured === d) return { mean: all, variance };
  const [first, rest] = split(all, [measured, d - measured]);
  return { mean: first, variance, rest };
}

/** From coordinates of the basis back to those in which the decoder was trained. */
function turnedBack(g: Builder, { z, basis: { centre, back } }: { z: Value; basis: CodeBasis }): Value {
  const d = centre.length;
  return linear(z, g.constant(Float32Array.from(back), [d, d], "basis.back"), {
    bias: g.constant(Float32Array.from(centre), [d], "basis.centre"),
  });
}
