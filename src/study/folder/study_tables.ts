import type { JudgedHead } from "../cohort/film_job.ts";
import type { Maps } from "../judge/draw_maps.ts";
import type { JudgedCohort } from "../judge/judge_cohort.ts";
import type { Table } from "../../files/table.ts";
import { gradeShares } from "../../normative/nearest_grades.ts";

const GRADES = [0, 1, 2, 3, 4];

/** `heads.parquet`: ids, attributes and position of each head on its film. */
export function headsTable(heads: readonly JudgedHead[]): Table {
  const numbers = (of: (head: JudgedHead) => number | undefined) =>
    Float64Array.from(heads, (h) => of(h) ?? NaN);
  return {
    head_id: heads.map((h) => h.headId),
    patient: heads.map((h) => h.patient),
    film: heads.map((h) => h.film),
    side: heads.map((h) => h.side),
    grade: Int32Array.from(heads, (h) => h.grade),
    split: heads.map((h) => h.split),
    age: numbers((h) => h.age),
    sex: heads.map((h) => h.sex ?? ""),
    site: heads.map((h) => h.site ?? ""),
    center_x_px: numbers((h) => h.centerPx[0]),
    center_y_px: numbers((h) => h.centerPx[1]),
    radius_px: numbers((h) => h.radiusPx),
    area_px: numbers((h) => h.areaPx),
    confidence: numbers((h) => h.confidence),
    quality: heads.map((h) => h.quality.join(" ")),
    head_radius_mm: numbers((h) => h.headRadiusMm),
    crop: heads.map((h) => `crops/${h.headId}.png`),
    dice: numbers((h) => h.dice),
  };
}

/**
 * `latents.parquet`: the coordinates of each head's latent vector in which the distance is measured (mean of q(z|x)),
 * in columns `z00`, `z01`, ...
 */
export function latentsTable(heads: readonly JudgedHead[], { rows }: JudgedCohort): Table {
  const d = rows.length / heads.length;
  const digits = Math.max(2, String(d - 1).length);
  const columns = Array.from({ length: d }, (_, j) => [
    `z${String(j).padStart(digits, "0")}`,
    Float64Array.from(heads, (_, i) => rows[i * d + j]),
  ]);
  return { head_id: heads.map((h) => h.headId), ...Object.fromEntries(columns) };
}

/**
 * Probability of each grade for each head, NaN without a staging model. For heads on which the model was
 * cross-validated, the probability comes from the model fitted without their patient's fold; for all others, from the
 * final model.
 */
function sharesOf({ rows, staging, yardsticks, deviations, residuals }: JudgedCohort): Float64Array { // [n, 5]
  const n = deviations.length, d = rows.length / n;
  const shares = new Float64Array(n * GRADES.length).fill(NaN);
  const model = yardsticks.staging;
  if (model === null) return shares;
  const put = (i: number, values: ArrayLike<number>, grades: readonly number[]) => {
    for (const grade of GRADES) shares[i * GRADES.length + grade] = 0;
    grades.forEach((grade, g) => shares[i * GRADES.length + grade] = values[g]);
  };
  for (let i = 0; i < n; i++) {
    const features = [...rows.subarray(i * d, (i + 1) * d), deviations[i].distance, residuals[i]];
    put(i, gradeShares(features, model), model.grades);
  }
  staging?.indices.forEach((i, k) => {
    const { shares: own, grades } = staging.result;
    put(i, own.subarray(k * grades.length, (k + 1) * grades.length), grades);
  });
  return shares;
}

/** The grade with the highest probability, -1 if all are NaN. */
function likeliest(shares: Float64Array): number {
  let best = -1;
  shares.forEach((share, grade) => {
    if (share === share && (best < 0 || share > shares[best])) best = grade;
  });
  return best;
}

/** `deviations.parquet`: how far each head deviates from the healthy heads. A missing predicted grade is -1. */
export function deviationsTable(heads: readonly JudgedHead[], judged: JudgedCohort): Table {
  const { deviations, residuals, combined, outOfDomain, latents } = judged;
  const numbers = (of: (each: typeof deviations[number]) => number) => Float64Array.from(deviations, of);
  const shares = sharesOf(judged), k = GRADES.length;
  return {
    head_id: heads.map((h) => h.headId),
    distance: numbers((each) => each.distance),
    percentile: numbers((each) => each.percentile),
    percentile_low: numbers((each) => each.percentileInterval[0]),
    percentile_high: numbers((each) => each.percentileInterval[1]),
    p_empirical: numbers((each) => each.tailProbability.empirical),
    p_chi_square: numbers((each) => each.tailProbability.chiSquare),
    residual: residuals,
    combined,
    out_of_domain: outOfDomain,
    predicted_grade: Int32Array.from(heads, (_, i) => likeliest(shares.subarray(i * k, (i + 1) * k))),
    ...Object.fromEntries(
      GRADES.map((grade) => [`share_${grade}`, Float64Array.from(heads, (_, i) => shares[i * k + grade])]),
    ),
    mean_logvar: Float64Array.from(heads, (_, i) => {
      const own = latents.logVariances.subarray(i * latents.d, (i + 1) * latents.d);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    }),
  };
}

/** `projection.parquet`: coordinates on both maps, and their trustworthiness at each head. */
export function projectionTable(
  heads: readonly JudgedHead[],
  { umap, pca, trustworthiness, pcaTrustworthiness }: Maps,
): Table {
  const column = (points: Float64Array, axis: number) =>
    Float64Array.from(heads, (_, i) => points[2 * i + axis]);
  return {
    head_id: heads.map((h) => h.headId),
    umap_x: column(umap, 0),
    umap_y: column(umap, 1),
    pca_x: column(pca, 0),
    pca_y: column(pca, 1),
    trustworthiness,
    pca_trustworthiness: pcaTrustworthiness,
  };
}
