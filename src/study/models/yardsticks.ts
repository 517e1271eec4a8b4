import type { CombinedScale } from "../../normative/combined_score.ts";
import type { OrdinalModel } from "../../normative/fit_ordinal.ts";
import type { GradeClusters } from "../../normative/grade_clusters.ts";
import type { Domain } from "../../normative/out_of_domain.ts";

/**
 * Calibration of scores (`yardsticks.json`), in addition to the normative model: scale of the combined score, grade
 * means of latent vectors and crop layouts, domain limits and staging model. It is fixed before other films are scored.
 * Plain JSON.
 */
export interface Yardsticks {
  /** Type tag, the same for every object of this type. */
  readonly kind: "yardsticks";
  /** Scale and weights of the combined score, from healthy validation heads. */
  readonly combined: CombinedScale;
  /** Mean of each grade in the latent space, and the covariance within grades. */
  readonly clusters: GradeClusters;
  /** Mean layout of each grade's crops (`cropLayout`), and the covariance within grades. */
  readonly layout: GradeClusters;
  /** Domain limits, from validation and held-out heads of every grade. */
  readonly domain: Domain;
  /** The staging model over latent vector, distance and residual; null if there were too few grades or patients. */
  readonly staging: OrdinalModel | null;
}

/**
 * Checks a parsed `yardsticks.json`.
 *
 * @throws {TypeError} if a part is missing or has the wrong `kind`, or a scale, limit, mean or Cholesky factor is not finite.
 */
export function readYardsticks(json: unknown): Yardsticks {
  const { kind, combined, clusters, layout, domain, staging } = (json ?? {}) as Partial<Yardsticks>;
  const fits = kind === "yardsticks" && combined?.kind === "combined-scale" &&
    clusters?.kind === "grade-clusters" && layout?.kind === "grade-clusters" && domain?.kind === "domain" &&
    (staging === null || staging?.kind === "ordinal-model");
  if (!fits) {
    throw new TypeError(
      "Cannot read the calibration: it must be of kind yardsticks, with combined, clusters, layout, domain and staging",
    );
  }
  const limits = Object.values(domain.measures);
  const numbers = [combined.distance, combined.residual, ...limits]
    .flatMap(({ median, spread }) => [median, spread])
    .concat(
      limits.map(({ limit }) => limit),
      ...[clusters, layout].flatMap(({ means, lower }) => [...means.flat(), ...lower.flat()]),
    );
  if (!numbers.every((value) => typeof value === "number" && Number.isFinite(value))) {
    throw new TypeError(
      "Cannot read the calibration: scales, limits, means and Cholesky factors must be finite numbers",
    );
  }
  return { kind, combined, clusters, layout, domain, staging };
}
