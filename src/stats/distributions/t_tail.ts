import { incompleteBeta } from "./incomplete_beta.ts";
import type { TailOptions } from "./normal_tail.ts";
import { InputError } from "../../input_error.ts";

/**
 * P(T > t) of Student's T with `df` degrees of freedom (fractions allowed).
 *
 * @throws {InputError} if t is NaN or df is not above 0.
 */
export function tTail(t: number, df: number, { log = false }: TailOptions = {}): number {
  if (Number.isNaN(t) || !(df > 0)) {
    throw new InputError(`Cannot take a t tail: df must be above 0 and t a number, got ${df} and ${t}`);
  }
  if (Math.abs(t) === Infinity) return log ? (t > 0 ? -Infinity : 0) : t > 0 ? 0 : 1;
  // Written with t / sqrt(df) so that t^2 does not overflow.
  const r = t / Math.sqrt(df), x = 1 / (1 + r * r), y = r * r / (1 + r * r);
  const sides = incompleteBeta(df / 2, 0.5, { x, y });
  if (t > 0) return log ? sides.logLower - Math.LN2 : sides.lower / 2;
  return log ? Math.log1p(-sides.lower / 2) : (1 + sides.upper) / 2;
}
