import { quantile } from "../array/quantile.ts";
import { chiSquareQuantile } from "../stats/distributions/chi_square_quantile.ts";
import type { LatentVector, NormativeModel } from "../types.ts";
import { mahalanobis } from "./mahalanobis.ts";
import { InputError } from "../input_error.ts";

/** The nearest latent vector within the healthy range. */
export interface NearestHealthy {
  /** The latent vector, for the decoder. */
  readonly latent: Float64Array; // [d]
  /** Mahalanobis distance of `latent`: that of the head if it was not moved, otherwise `shell`. */
  readonly distance: number;
  /** Mahalanobis distance that bounds the healthy range. */
  readonly shell: number;
  /** False if the head is already within the healthy range; it is then returned unchanged. */
  readonly moved: boolean;
}

/** Options of {@linkcode nearestHealthy}. */
export interface NearestHealthyOptions {
  /** Share of healthy heads inside the boundary. @default {0.95} */
  level?: number;
  /** Boundary from the held-out healthy heads or from the chi-square distribution. @default {"reference"} */
  shell?: "reference" | "chi-square";
}

/**
 * Counterfactual: moves the head straight towards the healthy mean until it reaches the boundary (shell) that contains
 * the share `level` of the healthy heads: mean + shell / distance (z - mean). In whitened coordinates the boundary is a
 * sphere, so no other point of it is nearer to the head.
 *
 * @throws {TypeError} if the latent has another length than the model. @throws {InputError} if the level is not in
 * (0, 1), a value is not finite, or the reference group is empty (`shell: "reference"`).
 */
export function nearestHealthy(
  latent: LatentVector | Float64Array,
  model: NormativeModel,
  { level = 0.95, shell = "reference" }: NearestHealthyOptions = {},
): NearestHealthy {
  const point = latent instanceof Float64Array ? latent : latent.mean; // [d]
  const d = model.mean.length;
  if (point.length !== d) {
    throw new TypeError(`Cannot move a head: the model needs ${d} latent dimensions, got ${point.length}`);
  }
  if (!(level > 0 && level < 1)) {
    throw new InputError(
      `Cannot move a head to the healthy range: the level must be in (0, 1), got ${level}`,
    );
  }
  const radius = shell === "reference"
    ? quantile(model.referenceDistances, level, { sorted: true })
    : Math.sqrt(chiSquareQuantile(level, d));
  const [distance] = mahalanobis(point, model);
  if (distance <= radius) return { latent: point.slice(), distance, shell: radius, moved: false };
  const moved = point.map((v, j) => model.mean[j] + radius / distance * (v - model.mean[j]));
  return { latent: moved, distance: radius, shell: radius, moved: true };
}
