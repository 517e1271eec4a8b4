import { InputError } from "../../input_error.ts";

/**
 * Cohen's kappa with quadratic weights (Cohen 1968, Psychol Bull 70:213) of a confusion matrix `counts` [k][k] with
 * true grades as rows and predicted grades as columns. Counts need not be whole numbers. `null` if all counts are in
 * one cell of the diagonal, because kappa is then undefined.
 *
 * @throws {TypeError} if the matrix is not square. @throws {InputError} if the counts sum to 0, or a count is
 * negative or not finite.
 */
export function quadraticKappa(counts: readonly ArrayLike<number>[]): number | null {
  const k = counts.length;
  const rows = new Float64Array(k), columns = new Float64Array(k);
  let total = 0, observed = 0;
  for (let i = 0; i < k; i++) {
    if (counts[i].length !== k) {
      throw new TypeError(
        `Cannot compute kappa: the matrix must be ${k} x ${k}, but row ${i} has ${counts[i].length} columns`,
      );
    }
    for (let j = 0; j < k; j++) {
      const count = counts[i][j];
      if (!(count >= 0 && count < Infinity)) {
        throw new InputError(`Cannot compute kappa: counts must be finite and at least 0, got ${count}`);
      }
      total += count;
      rows[i] += count;
      columns[j] += count;
      observed += (i - j) ** 2 * count;
    }
  }
  if (total === 0) throw new InputError("Cannot compute kappa of an empty matrix");
  let expected = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) expected += (i - j) ** 2 * rows[i] * columns[j] / total;
  }
  return expected === 0 ? null : 1 - observed / expected;
}
