import { checkSample } from "../samples/check_sample.ts";
import { logGamma } from "../distributions/log_gamma.ts";

/**
 * Hedges' g of b over a: (mean b - mean a) / pooled standard deviation, with the exact small-sample factor (Hedges
 * 1981, J Educ Stat 6:107, equation 6e). Two equal constants give 0; for different constants g is undefined (`null`).
 *
 * @throws {InputError} if a sample has fewer than two values or one that is not finite.
 */
export function hedgesG(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  checkSample("Hedges' g", a, { least: 2, name: "the first sample" });
  checkSample("Hedges' g", b, { least: 2, name: "the second sample" });
  const [meanA, squaresA] = meanAndSquares(a), [meanB, squaresB] = meanAndSquares(b);
  const df = a.length + b.length - 2, sd = Math.sqrt((squaresA + squaresB) / df);
  if (sd === 0) return meanA === meanB ? 0 : null;
  const factor = Math.exp(logGamma(df / 2) - logGamma((df - 1) / 2)) / Math.sqrt(df / 2);
  return (meanB - meanA) / sd * factor;
}

/** Mean and sum of squared deviations from it, in two passes. */
export function meanAndSquares(values: ArrayLike<number>): [mean: number, squares: number] {
  const n = values.length;
  let sum = 0, squares = 0, rest = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const mean = sum / n;
  for (let i = 0; i < n; i++) {
    const gap = values[i] - mean;
    squares += gap * gap;
    rest += gap;
  }
  return [mean, Math.max(0, squares - rest * rest / n)];
}
