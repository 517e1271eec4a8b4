import { cholesky } from "../array/cholesky.ts";
import type { CovarianceEstimator, NormativeModel, Reference } from "../types.ts";
import { estimateCovariance } from "./estimate_covariance.ts";
import { mahalanobis } from "./mahalanobis.ts";
import { InputError } from "../input_error.ts";

/** The held-out healthy heads every percentile refers to. */
export interface ReferenceHeads {
  readonly kind: Reference["kind"];
  readonly name: string;
  readonly latents: Float64Array; // [m, d], none of them among the training heads
}

/** Options of {@linkcode fitNormative}. */
export interface FitNormativeOptions {
  /** Length of a latent vector. */
  d: number;
  /** @default {"ledoit-wolf"} */
  estimator?: CovarianceEstimator;
  reference: ReferenceHeads;
  /** Seed of the robust estimator's starts. @default {1} */
  seed?: number;
}

/**
 * What healthy looks like: mean and covariance of the encoder means of the *training* heads `latents` [n, d], and the distances of
 * heads the model has not seen, to which every percentile refers. Training heads are no reference group: the heads that fitted a
 * covariance lie too near to it.
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
 * @throws {InputError} if there are too few heads, a value is not finite, or the covariance is singular (n <= d with `sample`).
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
 * The same mean and covariance with another reference group, such as a hospital's own healthy heads.
 *
 * @throws {InputError} if there are no reference heads or a value is not finite.
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
