import { stirlingError } from "./saddle_point.ts";
import { InputError } from "../../input_error.ts";

const LOG_SQRT_2PI = 0.9189385332046727417803297364056;

/**
 * log Gamma(x) for x > 0: Stirling's formula with its remainder; values below 15 are shifted up first.
 *
 * @throws {InputError} unless x > 0.
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new InputError(`Cannot take log gamma: x must be above 0, got ${x}`);
  let product = 1, z = x;
  while (z < 15) {
    product *= z;
    z += 1;
  }
  const log = (z - 0.5) * Math.log(z) - z + LOG_SQRT_2PI + stirlingError(z);
  return log - Math.log(product);
}
