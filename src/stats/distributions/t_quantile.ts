import { invertTail } from "./invert_tail.ts";
import { tTail } from "./t_tail.ts";
import { InputError } from "../../input_error.ts";

/**
 * The t with P(T <= t) = p of Student's T with `df` degrees of freedom.
 *
 * @throws {InputError} unless 0 < p < 1 and df > 0.
 */
export function tQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1) || !(df > 0)) {
    throw new InputError(`Cannot take a t quantile: p must be in (0, 1) and df above 0, got ${p}, ${df}`);
  }
  if (p < 0.5) return -tQuantile(1 - p, df);
  let high = 2;
  while (tTail(high, df) > 1 - p) high *= 2;
  return invertTail((t) => tTail(t, df), 1 - p, { low: 0, high });
}
