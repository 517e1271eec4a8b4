import { cholesky } from "./cholesky.ts";
import { isInputError } from "../input_error.ts";

/**
 * As {@linkcode cholesky}, but null where the matrix is not positive definite: for callers to whom that is an answer.
 *
 * @throws {TypeError} if `a` does not hold d x d values.
 */
export function tryCholesky(a: Float64Array, d: number): Float64Array | null {
  try {
    return cholesky(a, d);
  } catch (error) {
    if (isInputError(error)) return null;
    throw error;
  }
}
