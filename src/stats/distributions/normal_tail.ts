import { incompleteGamma } from "./incomplete_gamma.ts";
import { InputError } from "../../input_error.ts";

/** Options of every tail function. */
export interface TailOptions {
  /**
   * Return the natural logarithm, which remains finite when the probability itself underflows (below 5e-324). @default
   * {false}
   */
  log?: boolean;
}

/**
 * P(Z > z) of a standard normal Z, with a relative error below 1e-12, also in the far tail.
 *
 * @throws {InputError} if z is NaN.
 */
export function normalTail(z: number, { log = false }: TailOptions = {}): number {
  if (Number.isNaN(z)) throw new InputError("Cannot take a normal tail: z must be a number, got NaN");
  const sides = incompleteGamma(0.5, z * z / 2);
  if (z > 0) return log ? sides.logUpper - Math.LN2 : sides.upper / 2;
  const p = (1 + sides.lower) / 2; // in [1/2, 1]
  return log ? Math.log1p(-sides.upper / 2) : p;
}
