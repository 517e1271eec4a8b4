import type { LatentVector } from "../types.ts";

/** The full latent vector, the decoder's input: the coordinates used for the distance, then the others. */
export function wholeCode({ mean, rest }: Pick<LatentVector, "mean" | "rest">): Float64Array {
  return rest === undefined ? mean : Float64Array.of(...mean, ...rest);
}
