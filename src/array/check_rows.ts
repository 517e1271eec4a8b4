import { InputError } from "../input_error.ts";

/**
 * Checks that all values of a row-major matrix [n, d] are finite, and returns its number of rows n.
 *
 * @throws {TypeError} if d is not a positive integer or the length is not a multiple of it.
 * @throws {InputError} if a value is not finite. The message names its row and column, counted from 0.
 */
export function checkRows(rows: Float64Array | Float32Array, d: number): number {
  if (!Number.isInteger(d) || d < 1) {
    throw new TypeError(`Cannot read rows: the number of columns must be a whole number above 0, got ${d}`);
  }
  if (rows.length % d !== 0) {
    throw new TypeError(`Cannot read rows of ${d}: ${rows.length} values are not a multiple of ${d}`);
  }
  for (let i = 0; i < rows.length; i++) {
    if (!Number.isFinite(rows[i])) {
      throw new InputError(
        `Cannot use a value that is not finite: got ${rows[i]} in row ${Math.floor(i / d)}, column ${i % d}`,
      );
    }
  }
  return rows.length / d;
}
