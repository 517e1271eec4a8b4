import { assertClose } from "@std/assert";
import { readFixture } from "../stats/read_fixture.ts";

interface Shrunk {
  readonly covariance: number[];
  readonly shrinkage: number;
}

/** Rows with the results of NumPy, SciPy and scikit-learn (`covariance.py`); `mcd` only for two or more columns. */
export interface CovarianceCase {
  readonly d: number;
  readonly rows: number[];
  readonly mean: number[];
  readonly sample: number[];
  readonly ledoitWolf: Shrunk;
  readonly oas: Shrunk;
  readonly distances: number[];
  readonly mcd?: {
    readonly rawSupport: number[];
    readonly rawLogDeterminant: number;
    readonly support: number[];
    readonly mean: number[];
    readonly covariance: number[];
  };
}

export const cases: CovarianceCase[] = readFixture("covariance_sklearn.json", "normative");

/**
 * Fails unless entries agree to a relative 1e-9 plus 1e-10 of the largest entry, because small covariances are sums of
 * terms that cancel.
 */
export function assertSameMatrix(actual: ArrayLike<number>, expected: number[]): void {
  const scale = Math.max(...expected.map(Math.abs));
  assertClose(actual, expected, { relative: 1e-9, absolute: 1e-10 * scale });
}
