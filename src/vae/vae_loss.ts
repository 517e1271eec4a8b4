import { add, exp, multiply, subtract } from "../training/layers/elementwise.ts";
import type { Param, Value } from "../training/graph/graph.ts";
import { klDivergence } from "../training/losses/kl_divergence.ts";
import { meanSquaredError } from "../training/losses/losses.ts";
import { ssim } from "../training/losses/ssim.ts";
import { decoder, encoder } from "./vae_network.ts";
import type { VaeSettings } from "./vae_settings.ts";

/** Inputs of one step; s is half the crop's side. */
export interface VaeInputs {
  /** Input of the encoder, [n, 1, s, s]. */
  readonly image: Value;
  /** Target of the decoder, [n, 1, s, s]. */
  readonly target: Value;
  /** Standard normal noise of the latent vector, [n, d]; zeros give the posterior mean. */
  readonly noise: Value;
  /** Weight of the KL divergence at this step, []. */
  readonly beta: Value;
}

/**
 * Loss of one batch, per pixel: mse / (2 pixelSd^2) + structure (1 - SSIM) + beta KL / pixels. The loss is the
 * negative evidence lower bound of a Gaussian decoder (Kingma and Welling 2014, arXiv:1312.6114) with a structural term
 * (Wang et al. 2004, doi:10.1109/TIP.2003.819861), which penalises blurred reconstructions, and a weight on the
 * divergence (Higgins et al. 2017, beta-VAE).
 *
 * @returns The loss [] and its unweighted terms: mse, SSIM, and KL divergence in nats per image.
 */
export function vaeLoss(
  inputs: VaeInputs,
  { param, settings }: { param: Param; settings: VaeSettings },
): { loss: Value; parts: { squaredError: Value; similarity: Value; divergence: Value } } {
  const { image, target, noise, beta } = inputs;
  const { mean, logVariance } = encoder(image, { param, shape: settings });
  const z = add(mean, multiply(noise, exp(multiply(logVariance, 0.5)))); // [n, d]
  const drawn = decoder(z, { param, shape: settings }); // [n, 1, s, s]
  const squaredError = meanSquaredError(drawn, target);
  const similarity = ssim(drawn, target);
  const divergence = klDivergence(mean, logVariance); // nats per image
  const likelihood = multiply(squaredError, 0.5 / settings.pixelSd ** 2);
  const structure = multiply(subtract(1, similarity), settings.structure);
  const penalty = multiply(multiply(beta, divergence), 1 / drawn.shape[2] ** 2);
  return {
    loss: add(add(likelihood, structure), penalty),
    parts: { squaredError, similarity, divergence },
  };
}
