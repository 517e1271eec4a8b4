import { cholesky } from "../array/cholesky.ts";
import type { CovarianceEstimator, NormativeModel, Reference } from "../types.ts";
import { estimateCovariance } from "./estimate_covariance.ts";
import { mahalanobis } from "./mahalanobis.ts";
import { InputError } from "../input_error.ts";

/** Held-out healthy heads; every percentile is a rank among them. */
export interface ReferenceHeads {
  /** Origin of the heads: synthetic films or a clinical cohort. */
  readonly kind: Reference["kind"];
  /** Description of the group, printed with every percentile. */
  readonly name: string;
  /** Latent means, row by row. */
  readonly latents: Float64Array; // [m, d], none of them a training head
}

/** Options of {@linkcode fitNormative}. */
export interface FitNormativeOptions {
  /** Number of latent dimensions. */
  d: number;
  /** Covariance estimator. @default {"ledoit-wolf"} */
  estimator?: CovarianceEstimator;
  /** The healthy heads that percentiles refer to. */
  reference: ReferenceHeads;
  /** Random seed of `mcd`; the other estimators use none. @default {1} */
  seed?: number;
}

/**
 * Fits the normative model: mean and covariance of the latent means of the *training* heads `latents` [n, d], and the
 * distances of held-out healthy heads, among which every percentile is a rank. Training heads cannot be the reference
 * group: they are closer to a covariance that was fitted to them than new heads are.
 *
 * @example
 * ```ts
 * import { fitNormative, scoreDeviation } from "@caput/caput";
 * import { assertEquals } from "@std/assert";
 *
 * const training = Float64Array.of(0, 0, 2, 0, 0, 2, 2, 2, 1, 1); // [5 heads, 2]
 * const heldOut = Float64Array.of(1, 1, 2, 1, 0, 0); // [3 heads, 2]
 * const model = fitNormative(training, { d: 2, reference: { kind: "cohort", name: "ours", latents: heldOut } });
 * assertEquals(scoreDeviation(Float64Array.of(9, 9), model).percentile, 100);
 * ```
 *
 * @throws {TypeError} if a number of values is not a multiple of d. @throws {InputError} if there are too few heads, a
 * value is not finite, or the covariance is singular (n <= d with `sample`).
 */
export function fitNormative(
  latents: Float64Array,
  { d, estimator = "ledoit-wolf", reference, seed = 1 }: FitNormativeOptions,
): NormativeModel {
  const { n, mean, covariance } = estimateCovariance(latents, d, { estimator, seed });
  const model: NormativeModel = {
    kind: "normative-model",
    estimator,
    n,
    mean,
    covariance,
    cholesky: cholesky(covariance, d),
    reference: { kind: reference.kind, n: 0, name: reference.name },
    referenceDistances: new Float64Array(0),
  };
  return withReference(model, reference);
}

/**
 * The model with another reference group, for example a hospital's own healthy heads; mean and covariance stay the
 * same.
 *
 * @throws {TypeError} if the latents have another number of dimensions than the model. @throws {InputError} if there
 * are no reference heads or a value is not finite.
 */
export function withReference(
  model: NormativeModel,
  { kind, name, latents }: ReferenceHeads,
): NormativeModel {
  if (latents.length === 0) {
    throw new InputError("Cannot set a reference group: at least 1 held-out healthy head is needed, got 0");
  }
  const referenceDistances = mahalanobis(latents, model).sort(); // [m], ascending
  return { ...model, reference: { kind, n: referenceDistances.length, name }, referenceDistances };
}
