import { checkSample } from "../samples/check_sample.ts";
import { meanAndSquares } from "../effects/hedges_g.ts";
import { tTail } from "../distributions/t_tail.ts";
import { InputError } from "../../input_error.ts";

/** Result of {@linkcode welchT}. */
export interface WelchT {
  /** t statistic; above 0 if b has the larger mean. */
  readonly t: number;
  /** Degrees of freedom. */
  readonly df: number;
  /** Two-sided p-value. */
  readonly p: number;
}

/**
 * Welch's t test of two means with unequal variances (Welch 1947). Two equal constants give t = 0, p = 1.
 *
 * @throws {InputError} if a sample has fewer than two values or one that is not finite, or both are constant and
 * differ.
 */
export function welchT(a: ArrayLike<number>, b: ArrayLike<number>): WelchT {
  checkSample("Welch's t", a, { least: 2, name: "the first sample" });
  checkSample("Welch's t", b, { least: 2, name: "the second sample" });
  const m = a.length, n = b.length;
  const [meanA, squaresA] = meanAndSquares(a), [meanB, squaresB] = meanAndSquares(b);
  const partA = squaresA / (m - 1) / m, partB = squaresB / (n - 1) / n, square = partA + partB;
  if (square === 0) {
    if (meanA === meanB) return { t: 0, df: m + n - 2, p: 1 };
    throw new InputError("Cannot compute Welch's t: both samples have zero variance");
  }
  const t = (meanB - meanA) / Math.sqrt(square);
  const df = square ** 2 / (partA ** 2 / (m - 1) + partB ** 2 / (n - 1));
  return { t, df, p: Math.min(1, 2 * tTail(Math.abs(t), df)) };
}
