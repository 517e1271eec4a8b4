import { cholesky } from "./cholesky.ts";
import { isInputError } from "../input_error.ts";

/**
 * Like {@linkcode cholesky}, but returns null if the matrix is not positive definite, for callers that expect this
 * case.
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
