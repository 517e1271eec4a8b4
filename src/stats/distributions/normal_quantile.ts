import { incompleteGamma } from "./incomplete_gamma.ts";
import { InputError } from "../../input_error.ts";

const SQRT_2PI = 2.5066282746310005;

/**
 * The z with P(Z <= z) = p, by Halley's method near the middle. In the tails (p below 0.1 or above 0.9) it is Newton's
 * method on the logarithm of the tail probability, so that p down to 1e-308 keeps full precision.
 *
 * @throws {InputError} unless 0 <= p <= 1.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) {
    throw new InputError(`Cannot take a normal quantile: p must be in [0, 1], got ${p}`);
  }
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p === 0.5) return 0;
  const tail = p > 0.5 ? 1 - p : p;
  return tail > 0.1 ? middle(p - 0.5) : (p > 0.5 ? 1 : -1) * upper(tail);
}

/** z with Phi(z) - 1/2 = offset. */
function middle(offset: number): number {
  let z = offset * SQRT_2PI;
  for (let i = 0; i < 60; i++) {
    const gap = Math.sign(z) * incompleteGamma(0.5, z * z / 2).lower / 2 - offset;
    const step = gap * SQRT_2PI * Math.exp(z * z / 2);
    z -= step / (1 + 0.5 * z * step);
    if (Math.abs(step) <= 1e-16 * Math.abs(z)) break;
  }
  return z;
}

/** z > 0 with P(Z > z) = tail. */
function upper(tail: number): number {
  const target = Math.log(tail);
  let z = Math.sqrt(-2 * target);
  for (let i = 0; i < 60; i++) {
    const log = incompleteGamma(0.5, z * z / 2).logUpper - Math.LN2;
    const hazard = Math.exp(-z * z / 2 - Math.log(SQRT_2PI) - log);
    const step = (log - target) / hazard;
    z += step;
    if (Math.abs(step) <= 4e-16 * z) break;
  }
  return z;
}
