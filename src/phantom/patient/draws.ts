import type { Prng } from "../../array/seeded_prng.ts";

/** Random draws in the forms that the sampler needs. */
export interface Draw {
  /** Uniform between `lo` and `hi`. */
  readonly u: (lo: number, hi: number) => number;
  /** Normal, clipped to [lo, hi]. */
  readonly n: (mean: number, sd: number, lo: number, hi: number) => number;
  /** True with the given probability. */
  readonly p: (chance: number) => boolean;
  /** One of the items, each with the same probability. */
  readonly pick: <T>(items: readonly T[]) => T;
  /** The generator behind these draws. */
  readonly prng: Prng;
}

/** Random draws from `prng`. */
export function draws(prng: Prng): Draw {
  return {
    u: (lo, hi) => lo + (hi - lo) * prng(),
    n: (mean, sd, lo, hi) => Math.max(lo, Math.min(hi, mean + sd * prng.normal())),
    p: (chance) => prng() < chance,
    pick: (items) => items[prng.integer(items.length)],
    prng,
  };
}
