import { sizeOf } from "../../src/training/graph/graph.ts";
import { type Layout, lengthOf } from "../../src/training/graph/layout.ts";
import type { Arrays } from "../../src/training/loop/recipe.ts";
import type { Workload } from "./training_workloads.ts";

/**
 * The same weights and batch on both sides of the comparison, without exchanging a file: number i of stream s is a
 * 32-bit hash ("lowbias32", C. Wellons) of s and i, and NumPy computes identical numbers.
 */
export function uniform(length: number, stream: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => {
    let x = (i + Math.imul(stream, 0x9e3779b9)) >>> 0;
    x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
    x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
    return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
  });
}

/** Weights within sqrt(6 / fan-in) of 0, gains within 0.2 of 1, biases and shifts within 0.2 of 0. */
export function startingWeights({ parameters }: Layout): Float32Array {
  const chance = uniform(lengthOf(parameters), 1);
  const vector = new Float32Array(chance.length);
  for (const { name, shape, offset } of parameters) {
    const size = sizeOf(shape), gain = name.endsWith(".gain");
    const bound = shape.length > 1 ? Math.sqrt(6 / (size / shape[0])) : 0.2;
    for (let i = offset; i < offset + size; i++) vector[i] = Number(gain) + (2 * chance[i] - 1) * bound;
  }
  return vector;
}

/** One batch: noise to be segmented or reconstructed. */
export function batchOf({ network, batch, sizePx, latent }: Workload): Arrays {
  const pixels = batch * sizePx ** 2;
  const x = Float32Array.from(uniform(pixels, 2));
  if (network === "unet") return { x, t: Float32Array.from(uniform(pixels, 3), (u) => Number(u > 0.5)) };
  return { x, epsilon: Float32Array.from(uniform(batch * latent, 4), (u) => 2 * u - 1) };
}
