import {
  fitGradeClusters,
  type GradeClusters,
  leaveOneOutGradeDistance,
} from "../../normative/grade_clusters.ts";
import { type Domain, fitDomain } from "../../normative/out_of_domain.ts";
import type { HeadCrop, LatentVector } from "../../types.ts";
import type { JudgedHead } from "../cohort/film_job.ts";
import { type DomainMeasures, domainMeasures } from "../models/yardsticks.ts";

/** What a cohort's heads look like. */
export interface CohortDomain {
  readonly clusters: GradeClusters;
  readonly domain: Domain;
}

/** Heads with what domain measures are taken from. */
export interface CodedHeads {
  readonly rows: Float64Array; // [n, d], the latents' means
  readonly latents: readonly LatentVector[];
  readonly crops: readonly HeadCrop[];
}

/**
 * Learns the domain of a cohort: where each grade's heads lie in the latent space (all heads), and how far from there and how
 * differently drawn heads of every grade are (those of no training, each left out of what it is measured against).
 *
 * @throws {InputError} if there are too few heads.
 */
export function cohortDomain(
  heads: readonly JudgedHead[],
  { rows, latents, crops }: CodedHeads,
): CohortDomain {
  const d = latents[0].mean.length, grades = heads.map((head) => head.grade);
  const which = heads.flatMap((head, i) => head.split === "train" ? [] : [i]);
  const codes = leaveOneOutGradeDistance(rows, { d, grades, which });
  const measures = which.map((i, k) =>
    domainMeasures(crops[i], latents[i], { code: codes[k], place: heads[i] })
  );
  // A cohort of ready crops, or of both, has no domain of places.
  const names = Object.keys(measures[0]).filter((name) => measures.every((each) => each[name] !== null));
  const columns = names.map((name) => [name, measures.map((each) => each[name])]);
  return {
    clusters: fitGradeClusters(rows, { d, grades }),
    domain: fitDomain(Object.fromEntries(columns), { grades: which.map((i) => grades[i]) }),
  };
}

/** Domain measures of every head, `distances` being those from the nearest grade. */
export function measureDomain(
  heads: readonly JudgedHead[],
  { latents, crops }: CodedHeads,
  distances: Float64Array,
): DomainMeasures[] {
  return crops.map((crop, i) => domainMeasures(crop, latents[i], { code: distances[i], place: heads[i] }));
}
