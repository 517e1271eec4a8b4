import type { FigureOptions } from "../figures/figure_options.ts";
import { cohortFlow } from "../figures/cohort_flow.ts";
import { confusionMatrix } from "../figures/confusion_matrix.ts";
import { deviationByGrade } from "../figures/deviation_by_grade.ts";
import { diceDistribution } from "../figures/dice_distribution.ts";
import { estimationPlot } from "../figures/estimation_plot.ts";
import { latentMap } from "../figures/latent_map.ts";
import { pairMatrix } from "../figures/pair_matrix.ts";
import { type GridPicture, pictureGrid } from "../figures/picture_grid.ts";
import { qqChiSquare } from "../figures/qq_chi_square.ts";
import { raincloudByGrade } from "../figures/raincloud_by_grade.ts";
import { rocCurves } from "../figures/roc_curves.ts";
import { chiSquareQuantile } from "../stats/chi_square_quantile.ts";
import { formatP, type PStyle } from "./format_p.ts";
import type { HeadRecord, OpenStudy } from "./read_study.ts";

/** One figure of the publication set: how to draw it, the rows behind it, and its words. */
export interface StudyFigure {
  /** File name without ending. */
  readonly name: string;
  readonly caption: string;
  readonly alt: string;
  /** Source data, one plain object a row. */
  readonly rows: readonly Record<string, unknown>[];
  draw(options: FigureOptions): SVGSVGElement;
}

/** Below this adjusted p a bracket is drawn. */
const LEVEL = 0.05;

/**
 * Every figure that a study can fill, in the order of a paper. A figure whose data the study does not hold (Dice without true
 * outlines, a film without two grades) is left out.
 */
export async function figureSet(
  record: OpenStudy,
  { pStyle = "apa" }: { pStyle?: PStyle } = {},
): Promise<StudyFigure[]> {
  const heldOut = record.heads.filter((head) => head.split === "held-out");
  const kind = record.study.cohort.kind === "synthetic" ? "Synthetic cohort. " : "";
  const figures = [
    flowFigure(record),
    diceFigure(record.heads),
    await reconstructionFigure(record),
    mapFigure(record.heads),
    histogramFigure(heldOut),
    rainFigure(record, { heldOut, pStyle }),
    estimationFigure(record, pStyle),
    matrixFigure(record, pStyle),
    rocFigure(record, heldOut),
    qqFigure(heldOut),
    stagingFigure(record),
    await progressionFigure(record),
  ];
  return figures.filter((figure) => figure !== null).map((figure) => ({
    ...figure,
    caption: kind + figure.caption,
  }));
}

function flowFigure({ study, heads }: OpenStudy): StudyFigure {
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

function diceFigure(heads: readonly HeadRecord[]): StudyFigure | null {
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

/** One head a grade, the one of median distance: crop, drawn from its code, residual. */
async function reconstructionFigure({ heads, path }: OpenStudy): Promise<StudyFigure | null> {
  const typical = [0, 1, 2, 3, 4].flatMap((grade) => {
    const group = heads.filter((head) => head.grade === grade && head.split === "held-out");
    return group.sort((a, b) => a.distance - b.distance).slice(group.length >> 1, (group.length >> 1) + 1);
  });
  const folders = ["crops", "reconstructions", "residuals"];
  const pictures: GridPicture[] = [];
  for (const [column, head] of typical.entries()) {
    for (const [row, folder] of folders.entries()) {
      const src = await dataUrl(`${path}/${head.crop.replace("crops", folder)}`);
      if (src === null) return null;
      pictures.push({ src, column, row });
    }
  }
  if (pictures.length === 0) return null;
  const labels = {
    columns: typical.map((head) => `grade ${head.grade}`),
    rows: ["crop", "drawn", "residual"],
  };
  return {
    name: "reconstructions",
    caption:
      "The held-out head of median distance of each grade: crop, picture drawn from its code, and residual z from -5 " +
      "(dark) to 5 (bright) on one scale for the whole cohort.",
    alt: "Crop, reconstruction and residual of one head of each grade",
    rows: typical.map(({ headId, grade, distance, residual }) => ({ headId, grade, distance, residual })),
    draw: (options) => pictureGrid(pictures, { ...options, ...labels }),
  };
}

function mapFigure(heads: readonly HeadRecord[]): StudyFigure {
  return {
    name: "latent_map",
    caption: "UMAP of whitened codes, one point a head. Distances on the page are not measurements.",
    alt: `Map of the latent space, ${heads.length} heads by grade`,
    rows: heads.map(({ headId, grade, x, y, trustworthiness }) => ({ headId, grade, x, y, trustworthiness })),
    draw: (options) => latentMap(heads, options),
  };
}

function histogramFigure(heldOut: readonly HeadRecord[]): StudyFigure {
  return {
    name: "deviation_histograms",
    caption: "Distance from healthy by grade, held-out heads.",
    alt: "Histograms of the distance from healthy, one panel a grade",
    rows: heldOut.map(({ headId, grade, distance }) => ({ headId, grade, distance })),
    draw: (options) => deviationByGrade(heldOut, options),
  };
}

function rainFigure(
  { comparisons }: OpenStudy,
  { heldOut, pStyle }: { heldOut: readonly HeadRecord[]; pStyle: PStyle },
): StudyFigure {
  const brackets = comparisons.pairs.filter((pair) => pair.clusteredPAdjusted < LEVEL).map((pair) => ({
    a: Number(pair.a),
    b: Number(pair.b),
    label: formatP(pair.clusteredPAdjusted, { style: pStyle }),
  }));
  return {
    name: "distance_by_grade",
    caption:
      "Distance from healthy by grade, held-out heads. Brackets: adjusted p of the rank sum clustered by patient, where " +
      "below 0.05.",
    alt: "Cloud, box and points of the distance from healthy for each grade, with brackets",
    rows: heldOut.map(({ headId, patient, grade, distance }) => ({ headId, patient, grade, distance })),
    draw: (options) => raincloudByGrade(heldOut, { ...options, brackets }),
  };
}

function estimationFigure({ comparisons }: OpenStudy, pStyle: PStyle): StudyFigure {
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
    alt: `Effect sizes with intervals of ${estimates.length} pairs of grades`,
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

function matrixFigure({ comparisons }: OpenStudy, pStyle: PStyle): StudyFigure {
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

function rocFigure({ comparisons }: OpenStudy, heldOut: readonly HeadRecord[]): StudyFigure | null {
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
    alt: "ROC curves of each grade against held-out healthy heads",
    rows: heldOut.map(({ headId, grade, distance }) => ({ headId, grade, distance })),
    draw: (options) => rocCurves(series, { ...options, healthy }),
  };
}

function qqFigure(heldOut: readonly HeadRecord[]): StudyFigure | null {
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

function stagingFigure({ comparisons }: OpenStudy): StudyFigure | null {
  const { staging } = comparisons;
  if (!staging) return null;
  return {
    name: "staging",
    caption:
      "Reference grade against the grade of the cross-validated ordinal model (ours, not the paper's).",
    alt: "Matrix of reference against predicted grade",
    rows: staging.confusion.map((row, grade) =>
      Object.fromEntries([["reference", grade], ...row.map((n, k) => [`predicted_${k}`, n])])
    ),
    draw: (options) => confusionMatrix(staging.confusion, options),
  };
}

/** Frames of the film, evenly spaced: nine across two columns, five across one. */
async function progressionFigure({ frames, path }: OpenStudy): Promise<StudyFigure | null> {
  if (frames.length < 2) return null;
  const pick = (count: number) =>
    Array.from(
      { length: Math.min(count, frames.length) },
      (_f, k) => frames[Math.round(k * (frames.length - 1) / (Math.min(count, frames.length) - 1))],
    );
  const sources = new Map<string, string>();
  for (const { image } of pick(5).concat(pick(9))) {
    const src = await dataUrl(`${path}/${image}`);
    if (src === null) return null;
    sources.set(image, src);
  }
  const picturesOf = (count: number) =>
    pick(count).map(({ image, grade, distance, offManifold }, column): GridPicture => ({
      ...{ src: sources.get(image)!, column, row: 0, faint: offManifold },
      lines: [`at ${grade.toFixed(1)}`, `d ${distance.toFixed(1)}`],
    }));
  return {
    name: "progression",
    caption:
      "The way through the middles of the grades, drawn by the decoder: place between the grades and distance d from " +
      "healthy. Faint frames lie farther from every real head than real heads lie from one another. Nobody was followed over time.",
    alt: `Strip of drawn heads from grade ${frames[0].grade} to grade ${frames.at(-1)!.grade}`,
    rows: frames.map(({ t, grade, distance, percentile, nearestRealDistance, offManifold }) => ({
      ...{ t, grade, distance, percentile, nearestRealDistance, offManifold },
    })),
    draw: (options) => pictureGrid(picturesOf((options.width ?? 640) < 400 ? 5 : 9), options),
  };
}

async function dataUrl(path: string): Promise<string | null> {
  try {
    return `data:image/png;base64,${(await Deno.readFile(path)).toBase64()}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
