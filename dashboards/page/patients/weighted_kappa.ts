import { quadraticKappa } from "../../../src/stats/effects/quadratic_kappa.ts";

/**
 * Quadratic-weighted kappa of two readers, from their grades (0 to 4) of the same heads; null if kappa is undefined (no
 * grades, or complete agreement expected by chance).
 *
 * @throws {TypeError} if the lists differ in length.
 */
export function weightedKappa(
  a: readonly number[],
  b: readonly number[],
  { grades = 5 } = {},
): number | null {
  if (a.length !== b.length) {
    throw new TypeError(
      `Cannot compare readers: both must have graded the same heads, got ${a.length} and ${b.length} grades`,
    );
  }
  if (a.length === 0) return null;
  const counts = Array.from({ length: grades }, () => new Float64Array(grades)); // [grades, grades]
  a.forEach((grade, i) => counts[grade][b[i]]++);
  return quadraticKappa(counts);
}
