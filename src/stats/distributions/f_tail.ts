import { incompleteBeta } from "./incomplete_beta.ts";
import type { TailOptions } from "./normal_tail.ts";
import { InputError } from "../../input_error.ts";

/**
 * P(F > f) of an F with `df` = [numerator, denominator] degrees of freedom; 1 for f <= 0.
 *
 * @throws {InputError} if f is NaN or a df is not above 0.
 */
export function fTail(f: number, df: readonly [number, number], { log = false }: TailOptions = {}): number {
  const [a, b] = df;
  if (Number.isNaN(f) || !(a > 0) || !(b > 0)) {
    throw new InputError(
      `Cannot take an F tail: both df must be above 0 and f a number, got ${a}, ${b} and ${f}`,
    );
  }
  if (f <= 0) return log ? 0 : 1;
  if (f === Infinity) return log ? -Infinity : 0;
  const r = a / b * f;
  const sides = incompleteBeta(b / 2, a / 2, { x: 1 / (1 + r), y: r / (1 + r) });
  return log ? sides.logLower : sides.lower;
}
