import { combinedScore, fitCombined } from "../../normative/combined_score.ts";
import { crossValidateOrdinal, type CrossValidation } from "../../normative/cross_validate_ordinal.ts";
import { fitNormative } from "../../normative/fit_normative.ts";
import { fitOrdinal, type OrdinalModel } from "../../normative/fit_ordinal.ts";
import {
  type GradeClusters,
  leaveOneOutGradeDistance,
  nearestGradeDistance,
} from "../../normative/grade_clusters.ts";
import { leaveOneOut } from "../../normative/leave_one_out.ts";
import { mahalanobis } from "../../normative/mahalanobis.ts";
import { outOfDomain } from "../../normative/out_of_domain.ts";
import { placeDistances } from "../../normative/score_deviation.ts";
import type { Deviation, NormativeModel, Plan, Reference, Split } from "../../types.ts";
import { LAYOUT_VALUES } from "../../vae/crop_layout.ts";
import type { ResidualScale } from "../../vae/residual_scale.ts";
import { codeAndExplain, type CodeAndExplainOptions } from "./code_and_explain.ts";
import { type CodedHeads, cohortDomain, layoutRows, measureDomain } from "./cohort_domain.ts";
import type { CropFile } from "../measure/kept_crops.ts";
import { FROM_MODELS } from "./from_models.ts";
import type { JudgedHead } from "../cohort/film_job.ts";
import type { StoredLatents } from "./stored_latents.ts";
import type { Fallback } from "../models/model_set.ts";
import type { DomainMeasures } from "../models/domain_measures.ts";
import type { Yardsticks } from "../models/yardsticks.ts";
import { isInputError, TooFewError } from "../../input_error.ts";

/** Options of {@linkcode judgeCohort}. */
export interface JudgeOptions extends Omit<CodeAndExplainOptions, "validation" | "fallback" | "heads"> {
  plan: Pick<Plan, "crop" | "normative">;
  /** Name and kind of the reference group. */
  reference: Omit<Reference, "n">;
  /** Values to use if the cohort has too few heads of its own; without them (null), too few heads are an error. */
  fallback: Fallback | null;
  seed?: number;
}

/** All results for all heads, in the order of the heads. */
export interface JudgedCohort {
  /** Latent vector q(z|x) of each head. */
  readonly latents: StoredLatents;
  /** Means of the latent vectors, row by row. */
  readonly rows: Float64Array; // [n, d]
  /** Residual score of each head. */
  readonly residuals: Float64Array; // [n]
  /** Distance and percentile of each head; leave-one-out for healthy training heads. */
  readonly deviations: readonly Deviation[];
  /** Combined score of distance and residual. */
  readonly combined: Float64Array; // [n]
  /** Measures of the domain check, per head. */
  readonly domainMeasures: readonly DomainMeasures[]; // [n]
  /** 1 if a measure of the head is beyond the limits of the cohort. */
  readonly outOfDomain: Int32Array; // [n], 0 or 1
  /** Normative model of healthy heads. */
  readonly normative: NormativeModel;
  /** Residual scale: mean and standard deviation at each pixel. */
  readonly residualScale: ResidualScale;
  /** Scale of the combined score, grade clusters, domain limits and staging model. */
  readonly yardsticks: Yardsticks;
  /** True if mean and covariance were fitted to this cohort's training heads; false if they came with the models. */
  readonly fittedHere: boolean;
  /**
   * True if domain limits and the scale of the combined score were set on this cohort; false if they came with the
   * models.
   */
  readonly limitsHere: boolean;
  /**
   * Staging of the heads that were not used for training, cross-validated by patient; null if there are too few grades
   * or patients.
   */
  readonly staging: { readonly indices: readonly number[]; readonly result: CrossValidation } | null;
  /** Notes on what was done differently because the cohort has too few heads. */
  readonly notes: readonly string[];
}

/** True if a cohort has enough healthy heads for its own mean, covariance and reference. */
export function fitsOwnNormative(heads: readonly JudgedHead[], { d }: { d: number }): boolean {
  return healthy(heads, "train").length >= HEADS_PER_DIMENSION * d &&
    healthy(heads, "held-out").length >= LEAST_REFERENCE;
}

/** Minimum number of healthy training heads per latent dimension for the cohort's own covariance. */
const HEADS_PER_DIMENSION = 3;
/** Minimum number of healthy validation heads for the cohort's own scale of the combined score and domain limits. */
export const LEAST_VALIDATION = 8;
/** Minimum number of held-out healthy heads for a reference group. */
export const LEAST_REFERENCE = 5;

function gather(rows: Float64Array, d: number, indices: readonly number[]): Float64Array {
  const out = new Float64Array(indices.length * d);
  indices.forEach((from, to) => out.set(rows.subarray(from * d, (from + 1) * d), to * d));
  return out;
}

/** Indices of the healthy heads of one subset. */
function healthy(heads: readonly JudgedHead[], split: Split): number[] {
  return heads.flatMap((head, i) => head.grade === 0 && head.split === split ? [i] : []);
}

/** Returns the cohort's own result, or the fallback and adds a note with the reason. Throws if there is no fallback. */
function ownOrFallback<T>(
  own: () => T,
  fallback: T | undefined,
  { notes, what }: { notes: string[]; what: string },
): T {
  try {
    return own();
  } catch (error) {
    if (fallback === undefined || !isInputError(error)) throw error;
    notes.push(`${error.message}; ${what}: ${FROM_MODELS}`);
    return fallback;
  }
}

function requireHeads(count: number, least: number, what: string): void {
  if (count >= least) return;
  throw new TooFewError(`Too few ${what}: at least ${least} are needed, got ${count}`);
}

/**
 * Computes all results of each head from its crop: latent vector, distance, percentile, residual, combined score,
 * domain and staging. Mean and covariance are fitted to healthy training heads, residual scale and combined score to
 * healthy validation heads; percentiles refer to held-out healthy heads. Domain limits and the staging model use heads
 * of all grades that were not used for training; staging is cross-validated by patient. If the cohort has too few heads
 * for one of these, the value of `fallback` is used.
 *
 * @throws {InputError} if there are too few heads and no fallback.
 */
export async function judgeCohort(
  heads: readonly JudgedHead[],
  crops: readonly CropFile[],
  options: JudgeOptions,
): Promise<JudgedCohort> {
  const { fallback, seed = 1 } = options;
  const notes: string[] = [];
  const validation = healthy(heads, "validation");
  const { latents, residuals, leftOutResiduals, textures, scale, note } = await codeAndExplain(crops, {
    ...options,
    heads,
    validation,
    fallback: fallback?.residualScale,
  });
  const { d, width, codes } = latents;
  const rows = new Float64Array(latents.length * d); // [n, d]
  for (let i = 0; i < latents.length; i++) rows.set(codes.subarray(i * width, i * width + d), i * d);

  const normative = ownOrFallback(
    () => ownNormative(rows, heads, { ...options, d }),
    fallback?.normative,
    { notes, what: "mean and covariance of healthy heads" },
  );
  const fittedHere = normative !== fallback?.normative;
  const deviations = placeHeads(rows, heads, { normative, own: fittedHere, seed });
  if (note) notes.push(note);
  const distances = Float64Array.from(deviations, ({ distance }) => distance);
  const coded = { rows, latents, textures };
  const graded = heads.flatMap((head, i) => head.grade < 0 ? [] : [i]);
  const scales = ownOrFallback(
    () => {
      requireHeads(
        validation.length,
        LEAST_VALIDATION,
        "healthy validation heads for score scales and domain limits",
      );
      const of = (values: Float64Array) => Float64Array.from(validation, (i) => values[i]);
      const combined = fitCombined({
        distances: of(distances),
        residuals: leftOutResiduals ?? of(residuals),
      });
      return {
        combined,
        ...cohortDomain(
          at(heads, graded),
          graded.length < heads.length ? subset(coded, { d, graded }) : coded,
        ),
      };
    },
    fallback?.yardsticks,
    { notes, what: "score scales and domain limits" },
  );
  const fromGrades = (values: Float64Array, width: number, clusters: GradeClusters) =>
    scales === fallback?.yardsticks
      ? nearestGradeDistance(values, clusters)
      : distancesFromGrades(heads, values, { d: width, graded, clusters });
  const domain = measureDomain(heads, coded, {
    codes: fromGrades(rows, d, scales.clusters),
    layouts: fromGrades(layoutRows(textures), LAYOUT_VALUES, scales.layout),
  });
  const staged = stageHeads(heads, { rows, d, distances, residuals, seed });
  if (!staged) notes.push("Too few grades or patients for a staging model of this cohort.");
  return {
    ...{ latents, rows, residuals, deviations, normative, residualScale: scale, fittedHere, notes },
    limitsHere: scales !== fallback?.yardsticks,
    combined: distances.map((distance, i) =>
      combinedScore({ distance, residual: residuals[i] }, scales.combined)
    ),
    domainMeasures: domain,
    outOfDomain: Int32Array.from(domain, (each) => outOfDomain(each, scales.domain).outOfDomain ? 1 : 0),
    yardsticks: {
      kind: "yardsticks",
      combined: scales.combined,
      clusters: scales.clusters,
      layout: scales.layout,
      domain: scales.domain,
      staging: staged?.model ?? fallback?.yardsticks.staging ?? null,
    },
    staging: staged && { indices: staged.indices, result: staged.result },
  };
}

/** The elements of a list at the given indices. */
function at<T>(list: readonly T[], indices: readonly number[]): T[] {
  return indices.map((i) => list[i]);
}

/** Data for the domain measures, of the graded heads only. */
function subset(
  { rows, latents, textures }: CodedHeads,
  { d, graded }: { d: number; graded: readonly number[] },
): CodedHeads {
  return {
    rows: gather(rows, d, graded),
    latents: { at: (k) => latents.at(graded[k]) },
    textures: at(textures, graded),
  };
}

/**
 * Distance of each head from the nearest grade mean. A graded head is left out of its own grade's mean; for a head
 * without a grade, the means of all heads are used.
 */
function distancesFromGrades(
  heads: readonly JudgedHead[],
  rows: Float64Array,
  { d, graded, clusters }: { d: number; graded: readonly number[]; clusters: GradeClusters },
): Float64Array {
  const distances = nearestGradeDistance(rows, clusters); // [n]
  leaveOneOutGradeDistance(gather(rows, d, graded), { d, grades: graded.map((i) => heads[i].grade) })
    .forEach((distance, k) => distances[graded[k]] = distance);
  return distances;
}

/**
 * Fits mean and covariance to the healthy training heads; the healthy held-out heads are the reference of the
 * percentiles.
 */
function ownNormative(
  rows: Float64Array,
  heads: readonly JudgedHead[],
  { d, plan, reference, seed }: JudgeOptions & { d: number },
): NormativeModel {
  const train = healthy(heads, "train"), heldOut = healthy(heads, "held-out");
  requireHeads(train.length, HEADS_PER_DIMENSION * d, `healthy training heads for ${d} latent dimensions`);
  requireHeads(heldOut.length, LEAST_REFERENCE, "held-out healthy heads for a reference group");
  return fitNormative(gather(rows, d, train), {
    ...{ d, seed, estimator: plan.normative.estimator },
    reference: { ...reference, latents: gather(rows, d, heldOut) },
  });
}

/**
 * Deviations of all heads. If the model was fitted to this cohort, each healthy training head is left out of mean and
 * covariance in turn.
 */
function placeHeads(
  rows: Float64Array,
  heads: readonly JudgedHead[],
  { normative, own, seed }: { normative: NormativeModel; own: boolean; seed: number },
): Deviation[] {
  const d = normative.mean.length;
  const distances = mahalanobis(rows, normative);
  if (own) {
    const train = healthy(heads, "train");
    const without = leaveOneOut(gather(rows, d, train), { d, estimator: normative.estimator, seed });
    train.forEach((i, k) => distances[i] = without[k]);
  }
  return placeDistances(distances, normative);
}

/** Minimum number of patients per grade for staging. */
const PATIENTS_PER_GRADE = 3;
const FOLDS = 5;

/**
 * Fits and cross-validates the staging model on heads that were not used for training; null if there are too few grades
 * or patients.
 */
function stageHeads(
  heads: readonly JudgedHead[],
  { rows, d, distances, residuals, seed }: {
    rows: Float64Array;
    d: number;
    distances: Float64Array;
    residuals: Float64Array;
    seed: number;
  },
): { indices: number[]; result: CrossValidation; model: OrdinalModel } | null {
  const indices = heads.flatMap((head, i) => head.split === "train" || head.grade < 0 ? [] : [i]);
  const grades = indices.map((i) => heads[i].grade), patient = indices.map((i) => heads[i].patient);
  const seen = [...new Set(grades)];
  const thin = seen.some((grade) =>
    new Set(patient.filter((_, k) => grades[k] === grade)).size < PATIENTS_PER_GRADE
  );
  if (seen.length < 2 || thin || new Set(patient).size < 2 * FOLDS) return null;
  const p = d + 2;
  const features = new Float64Array(indices.length * p); // [n, d + 2]: latents, distance, residual
  indices.forEach((i, k) => {
    features.set(rows.subarray(i * d, (i + 1) * d), k * p);
    features.set([distances[i], residuals[i]], k * p + d);
  });
  const fit = { p, grades, ridge: 1 };
  const result = crossValidateOrdinal(features, { ...fit, patient, folds: FOLDS, seed });
  return { indices, result, model: fitOrdinal(features, fit) };
}
