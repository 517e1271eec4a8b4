import { aucScoreInterval } from "./auc_score_interval.ts";
import type { ClusterLabels } from "../tests/clustered_rank_sum.ts";
import { aucInterval, delong, type IntervalOptions } from "./delong.ts";
import { encodeLabels } from "../samples/encode_labels.ts";
import { InputError } from "../../input_error.ts";

/** Result of {@linkcode clusteredAuc}. */
export interface ClusteredAuc {
  /** Area under the ROC curve, P(b > a) + P(b = a) / 2. */
  readonly auc: number;
  /** Variance of the AUC. */
  readonly variance: number;
  /** Confidence interval at the chosen level. */
  readonly interval: readonly [number, number];
  /** Number of clusters in the first group. */
  readonly clustersA: number;
  /** Number of clusters in the second group. */
  readonly clustersB: number;
}

/**
 * AUC with a variance for clustered data (Obuchowski 1997, Biometrics 53:567, equations 4 to 6): placements (see
 * `Delong`) are summed within clusters, and clusters with heads of both groups contribute a covariance. With fewer than
 * about 40 clusters the interval is too narrow. If the groups do not overlap, the variance is 0; Newcombe's interval
 * for the number of clusters is returned instead, because it does not shrink to a point.
 *
 * @throws {InputError} if a group has fewer than two clusters or two values, or a value is not finite.
 * @throws {TypeError} if there are more or fewer cluster labels than values.
 */
export function clusteredAuc(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { clusterA, clusterB, level = 0.95 }: ClusterLabels & IntervalOptions,
): ClusteredAuc {
  const { auc: area, placementsA, placementsB } = delong(a, b);
  const { codes, size } = encodeLabels([clusterA, clusterB], [a.length, b.length]);
  const sumA = new Float64Array(size), sumB = new Float64Array(size); // [clusters]
  const hasA = new Set<number>(), hasB = new Set<number>();
  placementsA.forEach((v, i) => (sumA[codes[i]] += v - area, hasA.add(codes[i])));
  placementsB.forEach((v, j) => (sumB[codes[a.length + j]] += v - area, hasB.add(codes[a.length + j])));
  const cA = hasA.size, cB = hasB.size;
  if (cA < 2 || cB < 2) {
    throw new InputError(
      `Cannot compute a clustered AUC: each group must have at least 2 clusters, got ${cA} and ${cB}`,
    );
  }
  let squareA = 0, squareB = 0, cross = 0;
  for (let c = 0; c < size; c++) {
    squareA += sumA[c] ** 2;
    squareB += sumB[c] ** 2;
    cross += sumA[c] * sumB[c];
  }
  const m = a.length, n = b.length;
  const variance = Math.max(
    0,
    cA / (cA - 1) * squareA / m ** 2 + cB / (cB - 1) * squareB / n ** 2 +
      2 * size / (size - 1) * cross / (m * n),
  );
  const interval = area === 0 || area === 1
    ? aucScoreInterval(area, [cA, cB], { level })
    : aucInterval(area, variance, level);
  return { auc: area, variance, interval, clustersA: cA, clustersB: cB };
}
