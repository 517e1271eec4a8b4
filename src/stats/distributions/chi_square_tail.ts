import { incompleteGamma } from "./incomplete_gamma.ts";
import type { TailOptions } from "./normal_tail.ts";
import { InputError } from "../../input_error.ts";

/**
 * P(X > x) of a chi-square X with `df` degrees of freedom; 1 for x <= 0.
 *
 * @throws {InputError} if x is NaN or df is not above 0.
 */
export function chiSquareTail(x: number, df: number, { log = false }: TailOptions = {}): number {
  if (Number.isNaN(x) || !(df > 0)) {
    throw new InputError(
      `Cannot take a chi-square tail: df must be above 0 and x a number, got ${df} and ${x}`,
    );
  }
  const sides = incompleteGamma(df / 2, Math.max(0, x) / 2);
  return log ? sides.logUpper : sides.upper;
}
