import { seededPrng } from "../../src/array/seeded_prng.ts";

const prng = seededPrng(12);

/** n normal random numbers from a seed; each call continues the sequence. */
export function normals(n: number, mean = 0, sd = 1): number[] {
  return Array.from({ length: n }, () => mean + sd * prng.normal());
}
