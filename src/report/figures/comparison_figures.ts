/** Figures of grades compared: raincloud, estimation plot, matrix, ROC curves, staging. */
import { confusionMatrix } from "../../figures/confusion_matrix.ts";
import { estimationPlot } from "../../figures/estimation_plot.ts";
import { pairMatrix } from "../../figures/pair_matrix.ts";
import { raincloudByGrade } from "../../figures/raincloud_by_grade.ts";
import { rocCurves } from "../../figures/roc_curves.ts";
import { formatP, type PStyle } from "../text/format_p.ts";
import type { HeadRecord, OpenStudy } from "../read/read_study.ts";
import type { StudyFigure } from "./study_figure.ts";

/** Below this adjusted p a bracket is drawn. */
const LEVEL = 0.05;

export function rainFigure(
  { comparisons }: OpenStudy,
  { heldOut, pStyle }: { heldOut: readonly HeadRecord[]; pStyle: PStyle },
): StudyFigure {
  const { pairs = [], groups = [] } = comparisons; // neither where the grades could not be compared
  const brackets = pairs.filter((pair) => pair.clusteredPAdjusted < LEVEL).map((pair) => ({
    a: Number(pair.a),
    b: Number(pair.b),
    label: formatP(pair.clusteredPAdjusted, { style: pStyle }),
  }));
  return {
    name: "distance_by_grade",
    caption:
      "Distance from healthy by grade, held-out heads. Brackets: adjusted p of the rank sum clustered by patient, where " +
      "below 0.05.",
    alt: `Cloud, box and points of the distance from healthy for each grade; medians ${
      groups.map(({ group, median }) => `${median.toFixed(1)} (grade ${group})`).join(", ")
    }; brackets over ${brackets.length} of ${pairs.length} pairs`,
    rows: heldOut.map(({ headId, patient, grade, distance }) => ({ headId, patient, grade, distance })),
    draw: (options) => raincloudByGrade(heldOut, { ...options, brackets }),
  };
}

export function estimationFigure({ comparisons }: OpenStudy, pStyle: PStyle): StudyFigure | null {
  if (!comparisons.pairs?.length) return null;
  const estimates = comparisons.pairs.map((pair) => ({
    label: `${pair.b} vs ${pair.a}`,
    value: pair.cliffsDelta,
    interval: pair.cliffsDeltaInterval,
    note: formatP(pair.clusteredPAdjusted, { style: pStyle }),
    significant: pair.clusteredPAdjusted < LEVEL,
  }));
  return {
    name: "estimation",
    caption:
      "Cliff's delta of every pair of grades with 95 % interval (bootstrap of patients, BCa) and adjusted p. Open: not " +
      "significant.",
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

export function matrixFigure({ comparisons }: OpenStudy, pStyle: PStyle): StudyFigure | null {
  if (!comparisons.pairs?.length) return null;
  const pairs = comparisons.pairs.map(({ a, b, clusteredPAdjusted, cliffsDelta }) => ({
    ...{ a, b, p: clusteredPAdjusted, delta: cliffsDelta },
  }));
  return {
    name: "pair_matrix",
    caption: "Every pair of grades: Cliff's delta above the diagonal, adjusted p below it.",
    alt: "Matrix of all pairs of grades with effect size and adjusted p",
    rows: pairs,
    draw: (options) =>
      pairMatrix(pairs, {
        ...options,
        formatP: (p) => formatP(p, { style: pStyle }).replace(/^[pP] ?=? ?/, ""),
      }),
  };
}

export function rocFigure({ comparisons }: OpenStudy, heldOut: readonly HeadRecord[]): StudyFigure | null {
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
    caption: "Telling each grade from the held-out healthy heads by distance; AUC with 95 % interval.",
    alt: `ROC curves of each grade against held-out healthy heads; AUC ${
      series.map(({ grade, note }) => `${note ?? "not given"} (grade ${grade})`).join(", ")
    }`,
    rows: heldOut.map(({ headId, grade, distance }) => ({ headId, grade, distance })),
    draw: (options) => rocCurves(series, { ...options, healthy }),
  };
}

export function stagingFigure({ comparisons }: OpenStudy): StudyFigure | null {
  const { staging } = comparisons;
  if (!staging) return null;
  return {
    name: "staging",
    caption:
      "Reference grade against the grade of the cross-validated ordinal model (ours, not the paper's).",
    alt: `Matrix of reference against predicted grade; quadratic-weighted kappa ${staging.kappa.toFixed(2)}`,
    rows: staging.confusion.map((row, grade) =>
      Object.fromEntries([["reference", grade], ...row.map((n, k) => [`predicted_${k}`, n])])
    ),
    draw: (options) => confusionMatrix(staging.confusion, options),
  };
}
