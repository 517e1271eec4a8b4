import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** Eigenvalues and unit eigenvectors of a symmetric matrix. */
export interface SymmetricEigen {
  /** Eigenvalues, largest first. */
  readonly values: Float64Array; // [d]
  /** Unit eigenvectors, one per row. */
  readonly vectors: Float64Array; // [d, d], row i belongs to values[i]
}

/**
 * Eigen-decomposition of a symmetric matrix `a` [d, d] (Householder and implicit QL, from ml-matrix). The sign of each
 * vector is chosen so that its component of largest magnitude is positive; otherwise runs could differ in sign.
 *
 * @throws {TypeError} if `a` does not hold d x d values.
 */
export function symmetricEigen(a: Float64Array, d: number): SymmetricEigen {
  if (a.length !== d * d) {
    throw new TypeError(`Cannot decompose: a ${d} x ${d} matrix must hold ${d * d} values, got ${a.length}`);
  }
  const found = new EigenvalueDecomposition(Matrix.from1DArray(d, d, a), { assumeSymmetric: true });
  const order = Array.from({ length: d }, (_, i) => i)
    .sort((i, j) => found.realEigenvalues[j] - found.realEigenvalues[i]);
  const values = new Float64Array(d), vectors = new Float64Array(d * d);
  order.forEach((from, to) => {
    values[to] = found.realEigenvalues[from];
    const column = found.eigenvectorMatrix.getColumn(from); // [d]
    const largest = column.reduce((best, v) => Math.abs(v) > Math.abs(best) + 1e-12 ? v : best, 0);
    vectors.set(column.map((v) => largest < 0 ? -v : v), to * d);
  });
  return { values, vectors };
}
