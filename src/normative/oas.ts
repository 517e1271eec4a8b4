import { covariance } from "../array/covariance.ts";
import { shrink, type ShrunkCovariance } from "./ledoit_wolf.ts";

/**
 * Oracle approximating shrinkage (Chen, Wiesel, Eldar and Hero 2010, IEEE Trans Sign Proc 58:5016, equation 23, without
 * its two terms 2/d, as in scikit-learn) of the maximum-likelihood covariance of `rows` [n, d]; the same numbers as
 * scikit-learn's `OAS`.
 *
 * @throws {TypeError} if the number of values is not a multiple of d. @throws {InputError} if there are no rows or a
 * value is not finite.
 */
export function oas(rows: Float64Array, d: number): ShrunkCovariance {
  const plain = covariance(rows, d, { ddof: 0 });
  let trace = 0, squares = 0;
  for (let j = 0; j < d; j++) trace += plain.covariance[j * d + j];
  for (const v of plain.covariance) squares += v * v;
  const mu = trace / d, alpha = squares / (d * d);
  const scale = (plain.n + 1) * (alpha - mu * mu / d);
  // The variance of a single column is already a multiple of the identity.
  const shrinkage = d === 1 ? 0 : scale === 0 ? 1 : Math.min((alpha + mu * mu) / scale, 1);
  return shrink(plain, { mu, shrinkage });
}
