/** Options of {@linkcode solveLower}. */
export interface SolveLowerOptions {
  /** Solves L' x = b instead of L x = b. @default {false} */
  transpose?: boolean;
}

/**
 * Solves L x = b by substitution; `l` [d, d] is lower triangular, `b` [d] is not changed.
 *
 * @throws {TypeError} if `l` does not hold d x d values for d = b.length.
 */
export function solveLower(
  l: Float64Array,
  b: Float64Array,
  { transpose = false }: SolveLowerOptions = {},
): Float64Array {
  const d = b.length;
  if (l.length !== d * d) {
    throw new TypeError(
      `Cannot solve: for ${d} values a ${d} x ${d} factor is needed, got ${l.length} values`,
    );
  }
  const x = Float64Array.from(b); // [d]
  if (transpose) {
    for (let i = d - 1; i >= 0; i--) {
      for (let k = i + 1; k < d; k++) x[i] -= l[k * d + i] * x[k];
      x[i] /= l[i * d + i];
    }
  } else {
    for (let i = 0; i < d; i++) {
      for (let k = 0; k < i; k++) x[i] -= l[i * d + k] * x[k];
      x[i] /= l[i * d + i];
    }
  }
  return x;
}
