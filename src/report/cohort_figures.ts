/** Figures of the cohort and its map: flow, Dice, latent map, histograms, quantiles. */
import { cohortFlow } from "../figures/cohort_flow.ts";
import { deviationByGrade } from "../figures/deviation_by_grade.ts";
import { diceDistribution } from "../figures/dice_distribution.ts";
import { latentMap } from "../figures/latent_map.ts";
import { qqChiSquare } from "../figures/qq_chi_square.ts";
import { chiSquareQuantile } from "../stats/chi_square_quantile.ts";
import type { HeadRecord, OpenStudy } from "./read_study.ts";
import type { StudyFigure } from "./study_figure.ts";

export function flowFigure({ study, heads }: OpenStudy): StudyFigure {
  const patients = new Set(heads.map((head) => head.patient)).size;
  const arms = ["train", "validation", "held-out"].map((name) => {
    const inside = heads.filter((head) => head.split === name);
    return {
      name,
      heads: inside.length,
      detail: `${inside.filter((head) => head.grade === 0).length} healthy`,
    };
  });
  const failures = Number(study.cohort.failures ?? 0);
  const excluded = failures > 0 ? [{ reason: "no usable head", n: failures }] : [];
  const flow = { films: study.cohort.films, patients, heads: heads.length, excluded, arms };
  return {
    name: "cohort_flow",
    caption: "Flow of films and heads. The split is by patient; only healthy heads are trained on.",
    alt: `Flow diagram: ${flow.films} films, ${flow.heads} heads, ${failures} left out`,
    rows: arms.map(({ name, heads: n, detail }) => ({ part: name, heads: n, detail })),
    draw: (options) => cohortFlow(flow, options),
  };
}

export function diceFigure(heads: readonly HeadRecord[]): StudyFigure | null {
  const known = heads.filter((head) => Number.isFinite(head.dice));
  if (known.length < 2) return null;
  return {
    name: "dice",
    caption: "Overlap of outlines with true outlines (Dice), every head that has one.",
    alt: `Histogram of Dice of ${known.length} heads`,
    rows: known.map(({ headId, grade, dice }) => ({ headId, grade, dice })),
    draw: (options) => diceDistribution(known.map((head) => head.dice), options),
  };
}

export function mapFigure(heads: readonly HeadRecord[]): StudyFigure {
  return {
    name: "latent_map",
    caption: "UMAP of whitened codes, one point a head. Distances on the page are not measurements.",
    alt: `Map of the latent space, ${heads.length} heads by grade`,
    rows: heads.map(({ headId, grade, x, y, trustworthiness }) => ({ headId, grade, x, y, trustworthiness })),
    draw: (options) => latentMap(heads, options),
  };
}

export function histogramFigure(heldOut: readonly HeadRecord[]): StudyFigure {
  return {
    name: "deviation_histograms",
    caption: "Distance from healthy by grade, held-out heads.",
    alt: "Histograms of the distance from healthy, one panel a grade",
    rows: heldOut.map(({ headId, grade, distance }) => ({ headId, grade, distance })),
    draw: (options) => deviationByGrade(heldOut, options),
  };
}

export function qqFigure(heldOut: readonly HeadRecord[]): StudyFigure | null {
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
      `Squared distances of held-out healthy heads against chi-square quantiles with ${degrees} degrees of freedom. A ` +
      "diagnostic only: percentiles are ranks.",
    alt: "Quantile-quantile plot of squared distances against chi-square",
    rows: pairs,
    draw: (options) => qqChiSquare(pairs, { ...options, degrees }),
  };
}
