import { exportNetwork, type TrainedNetwork } from "../training/graph/export_network.ts";
import { averagePool2d } from "../training/layers/pooling.ts";
import { upsampleBilinear } from "../training/layers/upsampling.ts";
import { decoder, encoder, POOL, type VaeShape } from "./vae_network.ts";

/** The two halves of a trained VAE as ONNX bytes. */
export interface VaeModels {
  /** Input `image` [n, 1, s, s], 0 to 1; outputs `mean` and `logvar` [n, d]. */
  readonly encoder: Uint8Array<ArrayBuffer>;
  /** Input `z` [n, d]; output `image` [n, 1, s, s], 0 to 1. */
  readonly decoder: Uint8Array<ArrayBuffer>;
}

/** Writes both halves from the definition they were trained with. */
export function exportVae(trained: TrainedNetwork, shape: VaeShape): VaeModels {
  const { sizePx, latentSize } = shape;
  return {
    encoder: exportNetwork(
      (_g, param, image) => {
        const { mean, logVariance } = encoder(averagePool2d(image, { size: POOL }), { param, shape });
        return { mean, logvar: logVariance };
      },
      trained,
      { shape: [1, sizePx, sizePx], input: "image" },
    ),
    decoder: exportNetwork(
      (_g, param, z) => ({ image: upsampleBilinear(decoder(z, { param, shape }), { factor: POOL }) }),
      trained,
      {
        shape: [latentSize],
        input: "z",
      },
    ),
  };
}
