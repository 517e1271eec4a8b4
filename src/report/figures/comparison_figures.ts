/** Figures that compare grades: raincloud, estimation plot, matrix, ROC curves, staging. */
import { confusionMatrix } from "../../figures/confusion_matrix.ts";
import { estimationPlot } from "../../figures/estimation_plot.ts";
import { pairMatrix } from "../../figures/pair_matrix.ts";
import { raincloudByGrade } from "../../figures/raincloud_by_grade.ts";
import { rocCurves } from "../../figures/roc_curves.ts";
import { formatP, type PStyle, statedP } from "../../stats/format/format_p.ts";
import type { HeadRecord, OpenStudy } from "../read/read_study.ts";
import type { StudyFigure } from "./study_figure.ts";

/** "held-out heads" if the study has a training or validation subset, otherwise "all heads". */
export function comparedHeads(heads: readonly HeadRecord[]): string {
  return heads.some(({ split }) => split === "train" || split === "validation")
    ? "held-out heads"
    : "all heads";
}

/** Below this adjusted p a bracket is drawn. */
const LEVEL = 0.05;

/** Raincloud figure of the distance by grade, with brackets over the pairs that differ significantly. */
export function rainFigure(
  { comparisons, heads }: OpenStudy,
  { heldOut, pStyle }: { heldOut: readonly HeadRecord[]; pStyle: PStyle },
): StudyFigure {
  const { pairs = [], groups = [] } = comparisons; // both absent if the grades could not be compared
  const brackets = pairs.filter((pair) => pair.clusteredPAdjusted < LEVEL).map((pair) => ({
    a: Number(pair.a),
    b: Number(pair.b),
    label: statedP(pair.clusteredPAdjusted, { style: pStyle }),
  }));
  return {
    name: "distance_by_grade",
    caption:
      `Distance from healthy by grade, ${
        comparedHeads(heads)
      }; larger is further from healthy. Cloud: density. Box: quartiles with the ` +
      "median; whiskers: the furthest head within 1.5 interquartile ranges. Dots: heads. Brackets: pairs with an adjusted p below " +
      "0.05 (rank-sum test clustered by patient).",
    alt: `Cloud, box and points of the distance from healthy for each grade; medians ${
      groups.map(({ group, median }) => `${median.toFixed(1)} (grade ${group})`).join(", ")
    }; brackets over ${brackets.length} of ${pairs.length} pairs`,
    rows: heldOut.map(({ headId, patient, grade, distance }) => ({ headId, patient, grade, distance })),
    draw: (options) => raincloudByGrade(heldOut, { ...options, brackets }),
  };
}

/** Effect size of every pair of grades with its interval; null if no pair was compared. */
export function estimationFigure({ comparisons }: OpenStudy, pStyle: PStyle): StudyFigure | null {
  if (!comparisons.pairs?.length) return null;
  const estimates = comparisons.pairs.map((pair) => ({
    label: `${pair.a} vs ${pair.b}`,
    value: pair.cliffsDelta,
    interval: pair.cliffsDeltaInterval,
    note: statedP(pair.clusteredPAdjusted, { style: pStyle }),
    significant: pair.clusteredPAdjusted < LEVEL,
  }));
  return {
    name: "estimation",
    caption:
      "Cliff's delta of every pair of grades with 95 % interval (bootstrap by patient, BCa) and adjusted p. Right of 0 the second " +
      "grade of the pair has the larger distance. Open symbols: not significant after correction. The intervals are not corrected for " +
      "the number of pairs, so one can exclude 0 although its symbol is open.",
    alt: `Cliff's delta with interval of ${estimates.length} pairs of grades, from ${
      Math.min(...estimates.map(({ value }) => value)).toFixed(2)
    } to ${Math.max(...estimates.map(({ value }) => value)).toFixed(2)}; ${
      estimates.filter(({ significant }) => significant).length
    } significant`,
    rows: estimates.map(({ label, value, interval, note }) => ({
      label,
      value,
      low: interval?.[0],
      high: interval?.[1],
      note,
    })),
    draw: (options) => estimationPlot(estimates, options),
  };
}

/** Matrix of all pairs of grades with p and effect size; null if no pair was compared. */
export function matrixFigure({ comparisons }: OpenStudy, pStyle: PStyle): StudyFigure | null {
  if (!comparisons.pairs?.length) return null;
  const pairs = comparisons.pairs.map(({ a, b, clusteredPAdjusted, cliffsDelta }) => ({
    ...{ a, b, p: clusteredPAdjusted, delta: cliffsDelta },
  }));
  return {
    name: "pair_matrix",
    caption:
      "Every pair of grades: Cliff's delta of the column against the row above the diagonal (positive where the column is further " +
      "from healthy), adjusted p below it.",
    alt: "Matrix of all pairs of grades with effect size and adjusted p",
    rows: pairs,
    draw: (options) =>
      pairMatrix(pairs, {
        ...options,
        formatP: (p) => formatP(p, { style: pStyle }),
      }),
  };
}

/** ROC curve of each grade against healthy; null without compared healthy or diseased heads. */
export function rocFigure(
  { comparisons, heads }: OpenStudy,
  heldOut: readonly HeadRecord[],
): StudyFigure | null {
  const healthy = heldOut.filter((head) => head.grade === 0).map((head) => head.distance);
  const series = [1, 2, 3, 4].flatMap((grade) => {
    const scores = heldOut.filter((head) => head.grade === grade).map((head) => head.distance);
    const found = comparisons.detection?.find((row) => row.grade === grade && row.measure === "distance");
    const note = found &&
      `${found.auc.toFixed(2)} [${found.interval.map((value) => value.toFixed(2)).join(", ")}]`;
    return scores.length > 0 ? [{ grade, scores, note }] : [];
  });
  if (healthy.length === 0 || series.length === 0) return null;
  return {
    name: "roc",
    caption:
      `ROC curves of the distance, each grade against healthy (${
        comparedHeads(heads)
      }); AUC with 95 % interval (Obuchowski, clustered ` +
      "by patient).",
    alt: `ROC curves of each grade against healthy heads; AUC ${
      series.map(({ grade, note }) => `${note ?? "not given"} (grade ${grade})`).join(", ")
    }`,
    rows: heldOut.map(({ headId, grade, distance }) => ({ headId, grade, distance })),
    draw: (options) => rocCurves(series, { ...options, healthy }),
  };
}

/** Confusion matrix of the staging model; null if the study has none. */
export function stagingFigure({ comparisons }: OpenStudy): StudyFigure | null {
  const { staging } = comparisons;
  if (!staging) return null;
  return {
    name: "staging",
    caption:
      `Reference grade against the grade predicted by the ordinal model (an addition of Caput), cross-validated by patient: ${
        staging.confusion.flat().reduce((sum, n) => sum + n, 0)
      } heads. Shade: share of the row.`,
    alt: `Matrix of reference against predicted grade; quadratic-weighted kappa ${staging.kappa.toFixed(2)}`,
    rows: staging.confusion.map((row, grade) =>
      Object.fromEntries([["reference", grade], ...row.map((n, k) => [`predicted_${k}`, n])])
    ),
    draw: (options) => confusionMatrix(staging.confusion, options),
  };
}
