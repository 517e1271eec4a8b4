import { InputError } from "../input_error.ts";

/**
 * Lower Cholesky factor L of a symmetric positive definite matrix `a` [d, d], so that L L' = a. Only the lower
 * triangle of `a` is read. (Golub and Van Loan, Matrix Computations, 4.2.5, row by row.)
 *
 * @throws {TypeError} if `a` does not hold d x d values.
 * @throws {InputError} if `a` is not positive definite. The message names the pivot that failed.
 */
export function cholesky(a: Float64Array, d: number): Float64Array {
  if (a.length !== d * d) {
    throw new TypeError(`Cannot factor: a ${d} x ${d} matrix must hold ${d * d} values, got ${a.length}`);
  }
  const l = new Float64Array(d * d); // [d, d], zeros above the diagonal
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let s = a[i * d + j];
      for (let k = 0; k < j; k++) s -= l[i * d + k] * l[j * d + k];
      if (j < i) {
        l[i * d + j] = s / l[j * d + j];
      } else {
        if (!(s > a[i * d + i] * d * Number.EPSILON)) {
          throw new InputError(
            `Cannot factor: the matrix is not positive definite (pivot ${i} is ${s}); ` +
              `a column is constant or depends linearly on others, or there are too few rows`,
          );
        }
        l[i * d + i] = Math.sqrt(s);
      }
    }
  }
  return l;
}
