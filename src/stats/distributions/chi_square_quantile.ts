import { chiSquareTail } from "./chi_square_tail.ts";
import { invertTail } from "./invert_tail.ts";
import { InputError } from "../../input_error.ts";

/**
 * The x with P(X <= x) = p of a chi-square X with `df` degrees of freedom.
 *
 * @throws {InputError} unless 0 <= p < 1 and df > 0.
 */
export function chiSquareQuantile(p: number, df: number): number {
  if (!(p >= 0 && p < 1) || !(df > 0)) {
    throw new InputError(
      `Cannot take a chi-square quantile: p must be in [0, 1) and df above 0, got ${p}, ${df}`,
    );
  }
  if (p === 0) return 0;
  let high = df + 10;
  while (chiSquareTail(high, df) > 1 - p) high *= 2;
  return invertTail((x) => chiSquareTail(x, df), 1 - p, { low: 0, high });
}
