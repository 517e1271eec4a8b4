import { seededPrng } from "../../src/array/seeded_prng.ts";
import { fitNormative } from "../../src/normative/fit_normative.ts";

/** n seeded points in d dimensions of unequal mean and spread. */
export function cloud(n: number, d: number, seed = 1): Float64Array {
  const prng = seededPrng(seed);
  return Float64Array.from({ length: n * d }, (_, k) => prng.normal() * (1 + k % d) + (k % d) + 3); // [n, d]
}

/** Training and held-out heads, and the model that was fitted to them. */
export const d = 4, train = cloud(60, d), heldOut = cloud(40, d, 2);
export const model = fitNormative(train, {
  d,
  reference: { kind: "synthetic", name: "test", latents: heldOut },
});
