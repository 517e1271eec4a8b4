/** Figures of the cohort and its map: flow diagram, latent map, histograms, quantile-quantile plot. */
import { comparedHeads } from "./comparison_figures.ts";
import { cohortFlow } from "../../figures/cohort_flow.ts";
import { deviationByGrade } from "../../figures/deviation_by_grade.ts";
import { latentMap } from "../../figures/latent_map.ts";
import { qqChiSquare } from "../../figures/qq_chi_square.ts";
import { chiSquareQuantile } from "../../stats/distributions/chi_square_quantile.ts";
import type { HeadRecord, OpenStudy } from "../read/read_study.ts";
import type { StudyFigure } from "./study_figure.ts";

/** Flow diagram: films, excluded heads by reason, and the heads of each subset. */
export function flowFigure({ study, heads, failures: counted }: OpenStudy): StudyFigure {
  const patients = new Set(heads.map((head) => head.patient)).size;
  const arms = ["train", "validation", "held-out"].map((name) => {
    const inside = heads.filter((head) => head.split === name);
    const healthy = inside.filter((head) => head.grade === 0).length;
    const diseased = inside.filter((head) => head.grade > 0).length;
    const ungraded = inside.length - healthy - diseased;
    const lines = [
      `${healthy} healthy`,
      ...(diseased > 0 ? [`${diseased} diseased`] : []),
      ...(ungraded > 0 ? [`${ungraded} without a grade`] : []),
    ];
    return { name, heads: inside.length, detail: lines.join("\n") };
  });
  const failures = counted.reduce((sum, { n }) => sum + n, 0);
  const excluded = counted.map(({ code, n }) => ({ reason: code.replaceAll("-", " "), n }));
  const flow = { films: study.cohort.films, patients, heads: heads.length, excluded, arms };
  return {
    name: "cohort_flow",
    caption:
      "Flow of films and heads. The split is by patient; only healthy heads are used for training. Excluded: heads that could " +
      "not be used, by reason.",
    alt: `Flow diagram: ${flow.films} films, ${flow.heads} heads, ${failures} excluded`,
    rows: [
      { part: "films", n: flow.films, detail: "" },
      { part: "patients", n: patients, detail: "" },
      { part: "heads", n: heads.length, detail: "" },
      ...excluded.map(({ reason, n }) => ({ part: "excluded", n, detail: reason })),
      ...arms.map(({ name, heads: n, detail }) => ({ part: name, n, detail: detail.replaceAll("\n", ", ") })),
    ],
    draw: (options) => cohortFlow(flow, options),
  };
}

/** Latent map of all heads. */
export function mapFigure(heads: readonly HeadRecord[]): StudyFigure {
  return {
    name: "latent_map",
    caption:
      "UMAP of the whitened latent vectors, one point per head. Nearby points are similar heads; distances on the map are not " +
      "to scale.",
    alt: `Map of the latent space, ${heads.length} heads by grade`,
    rows: heads.map(({ headId, grade, x, y, trustworthiness }) => ({ headId, grade, x, y, trustworthiness })),
    draw: (options) => latentMap(heads, options),
  };
}

/**
 * Histograms of the distance of the compared heads, by grade. All heads of the study (`all`) are needed for the caption
 * only.
 */
export function histogramFigure(heldOut: readonly HeadRecord[], all = heldOut): StudyFigure {
  return {
    name: "deviation_histograms",
    caption: `Distance from healthy by grade, ${comparedHeads(all)}: share of each grade's heads.`,
    alt: "Histograms of the distance from healthy, one panel per grade",
    rows: heldOut.map(({ headId, grade, distance }) => ({ headId, grade, distance })),
    draw: (options) => deviationByGrade(heldOut, options),
  };
}

/** Quantile-quantile plot of the squared distances; null with fewer than three compared healthy heads. */
export function qqFigure(heldOut: readonly HeadRecord[], all = heldOut): StudyFigure | null {
  const healthy = heldOut.filter((head) => head.grade === 0);
  if (healthy.length < 3) return null;
  const degrees = healthy[0].z.length;
  const squared = healthy.map((head) => head.distance ** 2).sort((a, b) => a - b);
  const pairs = squared.map((observed, i) => ({
    expected: chiSquareQuantile((i + 0.5) / squared.length, degrees),
    observed,
  }));
  return {
    name: "qq",
    caption:
      `Squared distances of healthy heads (${
        comparedHeads(all)
      }) against chi-square quantiles with ${degrees} degrees of freedom. It ` +
      "checks the assumption of normality; percentiles do not depend on it, because they are ranks.",
    alt: "Quantile-quantile plot of squared distances against chi-square",
    rows: pairs,
    draw: (options) => qqChiSquare(pairs, { ...options, degrees }),
  };
}
