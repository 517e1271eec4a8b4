import type { Sides } from "./incomplete_gamma.ts";
import { logBinomialTerm } from "./saddle_point.ts";
import { InputError } from "../../input_error.ts";

const TINY = 1e-300;

/**
 * Regularised incomplete beta function I_x(a, b) and its complement. `y` = 1 - x is a separate argument so that neither
 * end loses precision. The function is computed with Lentz's continued fraction (Press et al., Numerical Recipes, 6.4),
 * for x or for y, whichever converges faster.
 *
 * @throws {InputError} unless a > 0, b > 0 and x is in [0, 1].
 */
export function incompleteBeta(a: number, b: number, { x, y = 1 - x }: { x: number; y?: number }): Sides {
  if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1)) {
    throw new InputError(
      `Cannot take an incomplete beta function: a and b must be above 0 and x in [0, 1], got ${a}, ${b}, ${x}`,
    );
  }
  if (x <= 0) return { lower: 0, upper: 1, logLower: -Infinity, logUpper: 0 };
  if (y <= 0) return { lower: 1, upper: 0, logLower: 0, logUpper: -Infinity };
  const logTerm = logBinomialTerm(a, b, { x, y });
  if (x < (a + 1) / (a + b + 2)) {
    const logLower = logTerm + Math.log(b / (a + b) * fraction(a, b, x));
    const lower = Math.exp(logLower);
    return { lower, upper: 1 - lower, logLower, logUpper: Math.log1p(-lower) };
  }
  const logUpper = logTerm + Math.log(a / (a + b) * fraction(b, a, y));
  const upper = Math.exp(logUpper);
  return { lower: 1 - upper, upper, logLower: Math.log1p(-upper), logUpper };
}

function fraction(a: number, b: number, x: number): number {
  let c = 1, d = 1 / guard(1 - (a + b) * x / (a + 1)), h = d;
  for (let m = 1; m < 100_000; m++) {
    const even = m * (b - m) * x / ((a - 1 + 2 * m) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    h *= d * c;
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 1 + 2 * m));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return h;
}

/** Replaces a divisor near 0, as in Lentz's method. */
function guard(v: number): number {
  return Math.abs(v) < TINY ? TINY : v;
}
