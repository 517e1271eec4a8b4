import { cholesky } from "../array/cholesky.ts";
import { covariance } from "../array/covariance.ts";
import { solveLower } from "../array/solve_lower.ts";
import type { CovarianceEstimator } from "../types.ts";
import { estimateCovariance, type EstimatedCovariance } from "./estimate_covariance.ts";
import { mahalanobis } from "./mahalanobis.ts";
import { InputError } from "../input_error.ts";

/**
 * Distance of every training head from the model fitted to all other heads, `latents` [n, d]. Exact for `sample`
 * (squared: n^2 (n - 2) D2 / ((n - 1) ((n - 1)^2 - n D2)), where D2 is the squared distance from the model of all
 * heads, by the Sherman-Morrison formula). Approximate for the others: `ledoit-wolf` and `oas` keep the shrinkage
 * weight estimated from all heads and leave the head out of mean and covariance only; `mcd` removes the head from
 * the rows that the fit to all heads used, if it is one of them, and does not search for other rows.
 *
 * @throws {TypeError} if the number of values is not a multiple of d. @throws {InputError} if there are too few heads,
 * a value is not finite, or the covariance without one head is singular.
 */
export function leaveOneOut(
  latents: Float64Array,
  { d, estimator = "ledoit-wolf", seed = 1 }: { d: number; estimator?: CovarianceEstimator; seed?: number },
): Float64Array {
  const fit = estimateCovariance(latents, d, { estimator, seed });
  if (fit.n < 3) throw new InputError(`Cannot leave one head out: at least 3 are needed, got ${fit.n}`);
  if (estimator === "sample") return leaveOutOfSample(latents, fit);
  return leaveOutOfOthers(latents, fit);
}

function leaveOutOfSample(latents: Float64Array, { n, mean, covariance }: EstimatedCovariance): Float64Array {
  const distance = mahalanobis(latents, { mean, cholesky: cholesky(covariance, mean.length) });
  return distance.map((v, i) => {
    const squared = v * v, room = (n - 1) ** 2 - n * squared;
    if (!(room > 1e-9 * n * n)) {
      throw new InputError(`Cannot leave head ${i} out: without it the covariance is singular`);
    }
    return Math.sqrt(squared * n * n * (n - 2) / ((n - 1) * room));
  });
}

function leaveOutOfOthers(latents: Float64Array, fit: EstimatedCovariance): Float64Array {
  const d = fit.mean.length, support = fit.support;
  const kept = support ? Array.from(support.keys()).filter((i) => support[i] === 1) : null;
  const inside = kept ? gather(latents, d, kept) : latents;
  const { n, mean, covariance: s } = covariance(inside, d, { ddof: 0 });
  const whole = mahalanobis(latents, { mean, cholesky: cholesky(fit.covariance, d) });
  const gap = new Float64Array(d), left = new Float64Array(d * d);
  return whole.map((distance, i) => {
    if (support && support[i] === 0) return distance;
    for (let j = 0; j < d; j++) gap[j] = latents[i * d + j] - mean[j];
    // Removing row i subtracts n / (n - 1) gap gap' from the scatter matrix and moves the mean by gap / (n - 1).
    let trace = 0;
    for (let j = 0; j < d; j++) {
      for (let k = 0; k <= j; k++) {
        left[j * d + k] = (n * s[j * d + k] - n / (n - 1) * gap[j] * gap[k]) / (n - 1);
      }
      trace += left[j * d + j];
    }
    for (let j = 0; j < d; j++) {
      for (let k = 0; k <= j; k++) left[j * d + k] *= 1 - fit.shrinkage;
      left[j * d + j] += fit.shrinkage * trace / d;
    }
    const white = solveLower(cholesky(left, d), gap); // [d]
    return n / (n - 1) * Math.sqrt(white.reduce((sum, v) => sum + v * v, 0));
  });
}

function gather(rows: Float64Array, d: number, indices: number[]): Float64Array {
  const out = new Float64Array(indices.length * d);
  indices.forEach((i, to) => out.set(rows.subarray(i * d, (i + 1) * d), to * d));
  return out;
}
