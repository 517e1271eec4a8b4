import { logPoissonTerm } from "./saddle_point.ts";
import { InputError } from "../../input_error.ts";

/** Lower and upper tail probability, and their logarithms, which remain finite when the probabilities underflow. */
export interface Sides {
  readonly lower: number;
  readonly upper: number;
  readonly logLower: number;
  readonly logUpper: number;
}

const TINY = 1e-300;

/**
 * Regularised incomplete gamma functions P(a, x) and Q(a, x), a > 0, x >= 0. For x below a + 1 the power series is
 * used, above it Lentz's continued fraction (Abramowitz and Stegun 6.5.29, 6.5.31), so the smaller tail is never
 * computed as a difference.
 *
 * @throws {InputError} unless a > 0 and x >= 0.
 */
export function incompleteGamma(a: number, x: number): Sides {
  if (!(a > 0) || !(x >= 0)) {
    throw new InputError(
      `Cannot take an incomplete gamma function: a must be above 0 and x at least 0, got ${a} and ${x}`,
    );
  }
  if (x === 0) return { lower: 0, upper: 1, logLower: -Infinity, logUpper: 0 };
  if (x === Infinity) return { lower: 1, upper: 0, logLower: 0, logUpper: -Infinity };
  const logTerm = logPoissonTerm(a, x);
  if (x < a + 1) {
    const logLower = logTerm + Math.log(series(a, x));
    const lower = Math.exp(logLower);
    return { lower, upper: 1 - lower, logLower, logUpper: Math.log1p(-lower) };
  }
  const logUpper = logTerm + Math.log(a * fraction(a, x));
  const upper = Math.exp(logUpper);
  return { lower: 1 - upper, upper, logLower: Math.log1p(-upper), logUpper };
}

function series(a: number, x: number): number {
  let term = 1, sum = 1;
  for (let n = 1; n < 100_000; n++) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return sum;
}

function fraction(a: number, x: number): number {
  let b = x + 1 - a, c = 1 / TINY, d = 1 / b, h = d;
  for (let i = 1; i < 100_000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / guard(an * d + b);
    c = guard(b + an / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return h;
}

/** Replaces a divisor near 0, as in Lentz's method. */
function guard(v: number): number {
  return Math.abs(v) < TINY ? TINY : v;
}
