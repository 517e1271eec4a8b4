import { shortcutAudit, type ShortcutFinding } from "../../normative/shortcut_audit.ts";
import { applyThreshold, thresholdOnValidation } from "../../normative/threshold_on_validation.ts";
import { aucDifference } from "../../stats/intervals/auc_difference.ts";
import { clusteredShare } from "../../stats/intervals/clustered_share.ts";
import { clusteredAuc } from "../../stats/intervals/clustered_auc.ts";
import { comparePairs } from "../../stats/compare/compare_pairs.ts";
import type { Comparison } from "../../stats/compare/comparison.ts";
import type { JudgedHead } from "../cohort/film_job.ts";
import type { JudgedCohort } from "./judge_cohort.ts";
import type { PcaBaseline } from "./pca_baseline.ts";
import { isInputError } from "../../input_error.ts";

export type { ShortcutFinding };

/** How well one measure separates one grade from the held-out healthy heads. */
export interface Detection {
  readonly grade: number;
  readonly measure: "distance" | "residual" | "combined" | "pca";
  readonly auc: number;
  /** 95 % confidence interval of the AUC, clustered by patient (Obuchowski 1997). */
  readonly interval: readonly [number, number];
  /** Number of heads of the grade. */
  readonly n: number;
}

/**
 * Contents of `comparisons.json`: the comparison of distances as `caput compare` prints it, and further results that
 * need a whole study.
 */
export interface StudyComparison extends Comparison {
  /** Names of the compared value, the groups and the clusters. */
  readonly naming: { readonly value: string; readonly group: string; readonly cluster: string };
  /** Description of the heads that were compared. */
  readonly compared: string;
  readonly detection: readonly Detection[];
  /** AUC of the distance minus that of the PCA baseline on the same heads, by grade; paired bootstrap of patients. */
  readonly distanceMinusPca: readonly {
    grade: number;
    difference: number;
    interval: readonly [number, number] | null;
  }[];
  /** Number of principal components of the PCA baseline; null if there is no baseline. */
  readonly pcaComponents: number | null;
  /** Number of training heads that the PCA baseline was fitted to, if it is a sample. */
  readonly pcaFittedOn?: number;
  /** Primary measure, declared in the plan before any head was scored. */
  readonly primary: "distance";
  /**
   * Sensitivity and specificity on held-out heads at the 95 % quantile of the healthy validation heads' distances; null
   * if there are too few heads, or `notPossible` with another reason.
   */
  readonly threshold: object | null;
  /** The same comparison without the grade-0 hips of patients who also have a diseased hip. */
  readonly withoutDiseasedPatients: Comparison | { readonly notPossible: string };
  /**
   * The same comparisons by residual and by combined score, with and without the grade-0 hips of patients with disease.
   */
  readonly byMeasure: Readonly<
    Record<
      "residual" | "combined",
      | (Comparison & { readonly withoutDiseasedPatients: Comparison | { readonly notPossible: string } })
      | { readonly notPossible: string }
    >
  >;
  /** Cross-validated performance of the staging model; null if the cohort is too small. */
  readonly staging: object | null;
  /**
   * Association of the distance with side, site, sex, age, head size and exposure in healthy heads that were not used
   * for training; it should be independent of them. Intervals are not adjusted; `pAdjusted` and `tells` are after
   * Holm's correction over all findings.
   */
  readonly shortcuts: readonly ShortcutFinding[];
  /**
   * Number of held-out heads flagged as out of domain, by grade. If the limits were set on this cohort, these heads were
   * among those used, see `fitDomain`.
   */
  readonly outOfDomain: readonly {
    readonly grade: number;
    readonly n: number;
    readonly flagged: number;
    /** 95 % confidence interval of the flagged share. */
    readonly interval: readonly [number, number];
  }[];
}

/** Results that the comparisons are computed from, and the random seed. */
export interface CohortMeasures {
  readonly judged: JudgedCohort;
  /** Distances by the PCA baseline, or null if the cohort is too small. */
  readonly pca: PcaBaseline | null;
  readonly seed: number;
}

const COLUMNS = { value: "distance", group: "grade", cluster: "patient" } as const;

function compareOn(
  heads: readonly JudgedHead[],
  indices: readonly number[],
  { value = "distance", values, seed }: { value?: string; values: ArrayLike<number>; seed: number },
): Comparison {
  const of = <T>(read: (head: JudgedHead) => T) => indices.map((i) => read(heads[i]));
  const table = {
    head_id: of((head) => head.headId),
    patient: of((head) => head.patient),
    grade: of((head) => String(head.grade)),
    [value]: Float64Array.from(indices, (i) => values[i]),
  };
  return comparePairs(table, { ...COLUMNS, value, seed });
}

/** The result of a comparison, or the reason why there is none, without the words "Cannot compare". */
function orReason<T>(compare: () => T): T | { notPossible: string } {
  try {
    return compare();
  } catch (error) {
    if (!isInputError(error)) throw error;
    return { notPossible: error.message.replace(/^Cannot compare: /, "") };
  }
}

/**
 * AUC of one measure between the held-out healthy heads and those of each grade. Grades with fewer than two heads or
 * patients are omitted; the list is empty if that holds for the healthy heads.
 */
function detect(
  heads: readonly JudgedHead[],
  heldOut: readonly number[],
  { measure, values }: { measure: Detection["measure"]; values: ArrayLike<number> },
): Detection[] {
  const ofGrade = (grade: number) => heldOut.filter((i) => heads[i].grade === grade);
  const healthy = ofGrade(0);
  const grades = [...new Set(heldOut.map((i) => heads[i].grade))].filter((grade) => grade > 0).sort();
  return grades.flatMap((grade) => {
    const diseased = ofGrade(grade);
    const patients = (indices: number[]) => indices.map((i) => heads[i].patient);
    if (
      healthy.length < 2 || diseased.length < 2 || new Set(patients(diseased)).size < 2 ||
      new Set(patients(healthy)).size < 2
    ) return [];
    const of = (indices: number[]) => Float64Array.from(indices, (i) => values[i]);
    const { auc, interval } = clusteredAuc(of(healthy), of(diseased), {
      clusterA: patients(healthy),
      clusterB: patients(diseased),
    });
    return [{ grade, measure, auc, interval, n: diseased.length }];
  });
}

/**
 * Difference of the AUC between the distance and the PCA baseline, for each grade that can be compared with healthy
 * heads.
 */
function againstPca(
  heads: readonly JudgedHead[],
  heldOut: readonly number[],
  { judged, pca, seed }: CohortMeasures,
) {
  if (!pca) return [];
  const grades = [...new Set(heldOut.map((i) => heads[i].grade))].filter((grade) => grade > 0).sort();
  return grades.flatMap((grade) => {
    const inside = heldOut.filter((i) => heads[i].grade === grade || heads[i].grade === 0);
    const positive = inside.map((i) => heads[i].grade === grade ? 1 : 0);
    if (!positive.includes(0) || !positive.includes(1)) return [];
    const { difference, interval } = aucDifference(
      inside.map((i) => judged.deviations[i].distance),
      inside.map((i) => pca.distances[i]),
      { positive, cluster: inside.map((i) => heads[i].patient), seed },
    );
    return [{ grade, difference, interval }];
  });
}

function stagingBlock({ staging }: JudgedCohort, heads: readonly JudgedHead[]) {
  if (!staging) return null;
  const { grades, confusion, kappa, kappaInterval, accuracy, perGrade } = staging.result;
  return {
    ...{ grades, confusion, kappa, kappaInterval, accuracy, perGrade },
    heads: staging.indices.length,
    patients: new Set(staging.indices.map((i) => heads[i].patient)).size,
    model:
      "proportional odds over latents, distance and residual, five folds by patient; ours, not the paper's",
  };
}

/**
 * Performance on held-out heads of a threshold that was chosen on healthy validation heads; null if there are fewer than
 * two of those, or no healthy or no diseased held-out heads.
 */
function thresholdBlock(
  heads: readonly JudgedHead[],
  heldOut: readonly number[],
  { judged }: CohortMeasures,
) {
  const validation = heads.flatMap((head, i) => head.grade === 0 && head.split === "validation" ? [i] : []);
  if (
    validation.length < 2 || !heldOut.some((i) => heads[i].grade === 0) ||
    !heldOut.some((i) => heads[i].grade > 0)
  ) return null;
  return orReason(() => {
    const distance = (i: number) => judged.deviations[i].distance;
    const threshold = thresholdOnValidation(validation.map(distance));
    const performance = applyThreshold(threshold, {
      scores: heldOut.map(distance),
      diseased: heldOut.map((i) => heads[i].grade > 0),
      patient: heldOut.map((i) => heads[i].patient),
    });
    return { measure: "distance", ...threshold, ...performance };
  });
}

/**
 * Shortcut audit over variables that the distance should be independent of. Contrast and grain of the crop represent
 * the exposure.
 */
function auditShortcuts(heads: readonly JudgedHead[], { judged, seed }: CohortMeasures): ShortcutFinding[] {
  const inside = heads.flatMap((head, i) => head.grade === 0 && head.split !== "train" ? [i] : []);
  const of = <T>(value: (head: JudgedHead) => T) => inside.map((i) => value(heads[i]));
  return shortcutAudit(inside.map((i) => judged.deviations[i].distance), {
    attributes: {
      side: of((head) => head.side === "unknown" ? "" : head.side),
      site: of((head) => head.site),
      sex: of((head) => head.sex),
      age: of((head) => head.age),
      headRadiusMm: of((head) => head.headRadiusMm),
      exposureContrast: inside.map((i) => judged.domainMeasures[i].contrast),
      exposureGrain: inside.map((i) => judged.domainMeasures[i].grain),
    },
    patient: of((head) => head.patient),
    seed,
  });
}

/** Number and share of held-out heads of each grade that are out of domain. */
function countFlagged(heads: readonly JudgedHead[], heldOut: readonly number[], { judged }: CohortMeasures) {
  const grades = [...new Set(heldOut.map((i) => heads[i].grade))].sort();
  return grades.map((grade) => {
    const inside = heldOut.filter((i) => heads[i].grade === grade);
    const hits = inside.map((i) => judged.outOfDomain[i]);
    const { interval, n } = clusteredShare(hits, { cluster: inside.map((i) => heads[i].patient) });
    return { grade, n, flagged: hits.reduce((sum, hit) => sum + hit, 0), interval };
  });
}

/**
 * Compares the grades on held-out heads, which were not used for training or tuning. If no comparison is possible,
 * returns the reason.
 */
export function compareCohort(
  heads: readonly JudgedHead[],
  measures: CohortMeasures,
): StudyComparison | { notPossible: string } {
  const { judged, pca, seed } = measures;
  const heldOut = heads.flatMap((head, i) => head.split === "held-out" && head.grade >= 0 ? [i] : []);
  const diseased = new Set(heads.filter((head) => head.grade > 0).map((head) => head.patient));
  const separate = heldOut.filter((i) => heads[i].grade > 0 || !diseased.has(heads[i].patient));
  const values = {
    distance: judged.deviations.map((each) => each.distance),
    residual: judged.residuals,
    combined: judged.combined,
    ...(pca ? { pca: pca.distances } : {}),
  };
  const by = (value: "residual" | "combined") =>
    orReason(() => ({
      ...compareOn(heads, heldOut, { value, values: values[value], seed }),
      withoutDiseasedPatients: orReason(() =>
        compareOn(heads, separate, { value, values: values[value], seed })
      ),
    }));
  return orReason(() => ({
    ...compareOn(heads, heldOut, { values: values.distance, seed }),
    naming: COLUMNS,
    compared: heads.every((head) => head.split === "held-out")
      ? "all heads: the models come from another cohort, and nothing was fitted to these heads"
      : "held-out heads only: none of them was used to fit models or scales",
    detection: Object.entries(values).flatMap(([measure, each]) =>
      detect(heads, heldOut, { measure: measure as Detection["measure"], values: each })
    ),
    distanceMinusPca: againstPca(heads, heldOut, measures),
    pcaComponents: pca?.components ?? null,
    ...(pca?.fittedOn === undefined ? {} : { pcaFittedOn: pca.fittedOn }),
    primary: "distance",
    threshold: thresholdBlock(heads, heldOut, measures),
    withoutDiseasedPatients: orReason(() => compareOn(heads, separate, { values: values.distance, seed })),
    byMeasure: { residual: by("residual"), combined: by("combined") },
    staging: stagingBlock(judged, heads),
    shortcuts: auditShortcuts(heads, measures),
    outOfDomain: countFlagged(heads, heldOut, measures),
  }));
}
