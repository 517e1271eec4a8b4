import { symmetricEigen } from "../../array/symmetric_eigen.ts";
import { explainDeviation } from "../../normative/explain_deviation.ts";
import { nearestHealthy } from "../../normative/nearest_healthy.ts";
import type { JudgedHead } from "../cohort/film_job.ts";
import type { JudgedCohort } from "./judge_cohort.ts";

/** Explanation of one head's distance. */
export interface ExplainedFarHead {
  readonly headId: string;
  readonly distance: number;
  /** Eigenvectors that contribute most to the squared distance, largest share first. */
  readonly directions: readonly {
    /** Rank of the eigenvector by healthy variance, 0 the largest; `directions.json` lists its images. */
    readonly index: number;
    /** Coordinate along the eigenvector, in standard deviations of the healthy heads. */
    readonly z: number;
    /** Share of the squared distance, 0 to 1. */
    readonly share: number;
  }[];
}

/** Number of directions reported for each head. */
const DIRECTIONS_REPORTED = 3;

/**
 * For every head beyond the 95 % boundary of healthy heads: splits its squared distance into the contributions of the
 * eigenvectors of the healthy covariance, and returns the three largest.
 */
export function explainFarHeads(
  heads: readonly JudgedHead[],
  { latents, normative }: JudgedCohort,
): ExplainedFarHead[] {
  const eigen = symmetricEigen(normative.covariance, normative.mean.length);
  return heads.flatMap(({ headId }, i) => {
    const latent = latents.at(i);
    if (!nearestHealthy(latent, normative).moved) return [];
    const all = explainDeviation(latent, normative, { eigen });
    const directions = all.slice(0, DIRECTIONS_REPORTED).map(({ index, z, share }) => ({ index, z, share }));
    return [{ headId, distance: Math.hypot(...all.map(({ z }) => z)), directions }];
  });
}

/**
 * Indices of the eigenvectors to decode: the `widest` of largest healthy variance, then those with the largest summed
 * shares in the squared distances of far heads, up to `most` in total; ascending.
 */
export function directionsToDraw(
  far: readonly ExplainedFarHead[],
  { d, widest, most }: { d: number; widest: number; most: number },
): number[] {
  const share = new Float64Array(d);
  for (const { directions } of far) for (const each of directions) share[each.index] += each.share;
  const leading = Array.from(share.keys()).filter((index) => share[index] > 0)
    .sort((a, b) => share[b] - share[a] || a - b);
  const chosen = new Set(Array.from({ length: Math.min(d, widest) }, (_, index) => index));
  for (const index of leading) if (chosen.size < most) chosen.add(index);
  return [...chosen].sort((a, b) => a - b);
}
