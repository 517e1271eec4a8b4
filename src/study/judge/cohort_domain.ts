import {
  fitGradeClusters,
  type GradeClusters,
  leaveOneOutGradeDistance,
} from "../../normative/grade_clusters.ts";
import { type Domain, fitDomain } from "../../normative/out_of_domain.ts";
import { LAYOUT_VALUES } from "../../vae/crop_layout.ts";
import type { StoredLatents } from "./stored_latents.ts";
import type { JudgedHead } from "../cohort/film_job.ts";
import { type CropTexture, type DomainMeasures, domainMeasures } from "../models/domain_measures.ts";

/** Grade means of latent vectors (`clusters`) and of crop layouts, and the domain limits of a cohort. */
export interface CohortDomain {
  readonly clusters: GradeClusters;
  readonly layout: GradeClusters;
  readonly domain: Domain;
}

/** Heads with the data that domain measures are computed from. */
export interface CodedHeads {
  readonly rows: Float64Array; // [n, d], means of the latent vectors
  readonly latents: Pick<StoredLatents, "at">;
  readonly textures: readonly CropTexture[];
}

/** Layouts of crops (see `cropTexture`), row by row. */
export function layoutRows(textures: readonly CropTexture[]): Float64Array { // [n, LAYOUT_VALUES]
  const rows = new Float64Array(textures.length * LAYOUT_VALUES);
  textures.forEach(({ layout }, i) => rows.set(layout, i * LAYOUT_VALUES));
  return rows;
}

/**
 * Estimates the domain of a cohort, outside which a new head is flagged as unlike the cohort. It consists of the grade
 * means of latent vectors and layouts, from all heads, and of the ranges of the domain measures, from the heads of
 * every grade that were not used for training. Each of these heads is left out of the mean of its own grade.
 *
 * @param heads graded heads, at least one of which was not used for training
 * @throws {InputError} if there are fewer than 3 heads, a measure does not vary among the healthy heads or is not finite,
 * or a covariance is singular.
 */
export function cohortDomain(
  heads: readonly JudgedHead[],
  { rows, latents, textures }: CodedHeads,
): CohortDomain {
  const d = rows.length / heads.length, grades = heads.map((head) => head.grade);
  const which = heads.flatMap((head, i) => head.split === "train" ? [] : [i]);
  const codes = leaveOneOutGradeDistance(rows, { d, grades, which });
  const bright = layoutRows(textures), of = { d: LAYOUT_VALUES, grades };
  const layouts = leaveOneOutGradeDistance(bright, { ...of, which });
  const measures = which.map((i, k) =>
    domainMeasures(textures[i], latents.at(i), { code: codes[k], layout: layouts[k], place: heads[i] })
  );
  // A measure that is null for a head is not used: ready-made crops have no position on a film.
  const names = Object.keys(measures[0]).filter((name) => measures.every((each) => each[name] !== null));
  const columns = names.map((name) => [name, measures.map((each) => each[name])]);
  return {
    clusters: fitGradeClusters(rows, { d, grades }),
    layout: fitGradeClusters(bright, of),
    domain: fitDomain(Object.fromEntries(columns), { grades: which.map((i) => grades[i]) }),
  };
}

/** Domain measures of every head; `codes` and `layouts` are each head's distances from the nearest grade mean. */
export function measureDomain(
  heads: readonly JudgedHead[],
  { latents, textures }: CodedHeads,
  { codes, layouts }: { codes: Float64Array; layouts: Float64Array },
): DomainMeasures[] {
  return textures.map((texture, i) =>
    domainMeasures(texture, latents.at(i), { code: codes[i], layout: layouts[i], place: heads[i] })
  );
}
