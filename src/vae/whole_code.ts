import type { LatentVector } from "../types.ts";

/** The code as the decoder takes it: the measured coordinates, then the others. */
export function wholeCode({ mean, rest }: Pick<LatentVector, "mean" | "rest">): Float64Array {
  return rest === undefined ? mean : Float64Array.of(...mean, ...rest);
}
