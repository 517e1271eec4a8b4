import { InputError } from "../../input_error.ts";

/**
 * The x in [low, high] at which the decreasing function `tail` equals `p`, by secant steps and bisection in turn
 * (a simple form of Dekker's and Brent's method). For quantiles that are computed only a few times.
 *
 * @throws {InputError} if `p` is not between the values of `tail` at the ends.
 */
export function invertTail(
  tail: (x: number) => number,
  p: number,
  { low, high }: { low: number; high: number },
): number {
  let a = low, b = high, fa = tail(a) - p, fb = tail(b) - p;
  if (fa < 0 || fb > 0) {
    throw new InputError(`Cannot invert a tail: p must be reached within [${low}, ${high}], got ${p}`);
  }
  for (let i = 0; i < 300 && fa !== 0 && fb !== 0; i++) {
    const middle = a + (b - a) / 2;
    if (middle === a || middle === b) break;
    const secant = b - fb * (b - a) / (fb - fa);
    // Alternate: the secant is fast, bisection guarantees progress.
    const x = i % 2 === 0 && secant > a && secant < b ? secant : middle;
    const fx = tail(x) - p;
    if (fx > 0) [a, fa] = [x, fx];
    else [b, fb] = [x, fx];
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b;
}
