import type { LatentVector } from "../../types.ts";

/**
 * The latent vectors of a cohort. The numbers of all heads are in two arrays; `at` makes the object of a single head,
 * because 200,000 objects with arrays of their own would take more memory than the numbers.
 */
export interface StoredLatents {
  /** Number of heads. */
  readonly length: number;
  /** Number of coordinates in which the distance is measured. */
  readonly d: number;
  /** Number of coordinates that the decoder takes. */
  readonly width: number;
  /**
   * Complete inputs of the decoder, row by row: the means of the latent vectors, then their further coordinates. The
   * encoder's output has 32 bits, so nothing is lost.
   */
  readonly codes: Float32Array; // [n, width]
  /** Logarithm of the variance of each coordinate. */
  readonly logVariances: Float64Array; // [n, d]
  /** The latent vector q(z|x) of head `i`. */
  at(i: number): LatentVector;
}

/** Latent vectors that are stored batch by batch. */
export interface LatentStore extends StoredLatents {
  /** Stores the latent vectors of the heads from index `from` on. */
  put(from: number, latents: readonly LatentVector[]): void;
}

/** Makes a store for `n` heads. The sizes of the latent vectors are those of the first that is stored. */
export function storeLatents(n: number): LatentStore {
  let d = 0, width = 0, codes = new Float32Array(), logVariances = new Float64Array();
  return {
    length: n,
    get d() {
      return d;
    },
    get width() {
      return width;
    },
    get codes() {
      return codes;
    },
    get logVariances() {
      return logVariances;
    },
    put(from, latents) {
      if (width === 0) {
        d = latents[0].mean.length;
        width = d + (latents[0].rest?.length ?? 0);
        [codes, logVariances] = [new Float32Array(n * width), new Float64Array(n * d)];
      }
      latents.forEach(({ mean, logVariance, rest }, k) => {
        const at = (from + k) * width;
        codes.set(mean, at);
        if (rest) codes.set(rest, at + d);
        logVariances.set(logVariance, (from + k) * d);
      });
    },
    at(i) {
      const row = codes.subarray(i * width, (i + 1) * width);
      return {
        kind: "latent-vector",
        mean: Float64Array.from(row.subarray(0, d)),
        logVariance: logVariances.slice(i * d, (i + 1) * d),
        ...width > d ? { rest: Float64Array.from(row.subarray(d)) } : {},
      };
    },
  };
}
