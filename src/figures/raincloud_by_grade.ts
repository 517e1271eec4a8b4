import * as Plot from "@observablehq/plot";
import { extent, ticks } from "d3";
import type { FigureOptions, Thin } from "./figure_options.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";

/** A comparison of the grades `a` and `b`, drawn as a labelled bracket over both. */
export interface Bracket {
  readonly a: number;
  readonly b: number;
  readonly label: string;
}

/** Options of {@linkcode raincloudByGrade}. */
export interface RaincloudOptions extends FigureOptions {
  /** Brackets over the grades, the first one lowest. @default {[]} */
  brackets?: readonly Bracket[];
  /** Label of the axis. @default {"Mahalanobis distance from healthy"} */
  label?: string;
  /** Selects the heads of a grade that are drawn as points; density and box always use all heads. @default all */
  thin?: Thin;
}

/** With fewer heads no density is drawn, because the estimate would be meaningless. */
const MIN_FOR_DENSITY = 5;

interface Row {
  readonly grade: number;
  readonly distance: number;
}

/**
 * Raincloud figure: for each grade a cloud (density), a box (median, quartiles, whiskers to the furthest head within
 * 1.5 interquartile ranges) and rain (one point per head), with brackets above.
 *
 * @throws {RangeError} if a bracket names a grade that no head has.
 */
export function raincloudByGrade(rows: readonly Row[], options: RaincloudOptions = {}): FigureSvg {
  const { brackets = [], label = "Mahalanobis distance from healthy" } = options;
  const theme = themeOf(options);
  const grades = [...new Set(rows.map((row) => row.grade))].sort((a, b) => a - b);
  const colour = (grade: number) => theme.grades[grade % theme.grades.length];
  const clouds = grades.map((grade) => ({ grade, cloud: cloudOf(rows, grade) }));
  const values = [
    ...rows.map((row) => row.distance),
    ...clouds.flatMap(({ cloud }) => cloud.map(({ y }) => y)),
  ];
  const [low, high] = extent(values) as [number, number];
  const step = (high - low) * 0.075;
  const lines = brackets.map((bracket, k) => ({
    ...bracket,
    y: high + step * (k + 1),
    x1: at(grades, bracket.a),
    x2: at(grades, bracket.b),
  }));
  const drops = rows.map((row, i) => ({
    x: at(grades, row.grade) + 0.1 + 0.26 * jitter(i),
    y: row.distance,
    grade: row.grade,
  }));
  const { thin } = options;
  const rain = thin ? grades.flatMap((grade) => thin(drops.filter((drop) => drop.grade === grade))) : drops;
  const boxes = grades.map((grade) => ({
    grade,
    x: at(grades, grade),
    ...boxOf(rows.filter((row) => row.grade === grade)),
  }));
  return plotSvg({
    height: 340 + 16 * brackets.length,
    marginLeft: 46,
    marginTop: 14,
    marginBottom: 38,
    marginRight: 10,
    x: {
      domain: [-0.5, grades.length - 0.5],
      ticks: grades.map((_, k) => k),
      tickFormat: (k: number) => String(grades[k] ?? ""),
      tickSize: 0,
      label: "grade",
      labelArrow: "none",
      labelAnchor: "center",
    },
    y: {
      domain: [low - step * 0.4, high + step * (brackets.length + 0.8)],
      label,
      labelArrow: "none",
      labelAnchor: "center",
      ticks: ticks(low, high, 5), // none next to the brackets, where there are no heads
    },
    marks: [
      clouds.map(({ grade, cloud }) =>
        Plot.areaX(cloud, {
          y: "y",
          x1: at(grades, grade) - 0.05,
          x2: (d: { share: number }) => at(grades, grade) - 0.05 - 0.4 * d.share,
          fill: colour(grade),
          fillOpacity: 0.5,
        })
      ),
      Plot.dot(rain, {
        x: "x",
        y: "y",
        r: 1.3,
        fill: (d: { grade: number }) => colour(d.grade),
        fillOpacity: 0.55,
      }),
      Plot.ruleX(boxes, { x: "x", y1: "whiskerLow", y2: "whiskerHigh", stroke: theme.ink, strokeWidth: 0.9 }),
      Plot.rect(boxes, {
        x1: (d: { x: number }) => d.x - 0.045,
        x2: (d: { x: number }) => d.x + 0.045,
        y1: "q1",
        y2: "q3",
        fill: theme.paper,
        stroke: theme.ink,
        strokeWidth: 0.9,
      }),
      Plot.ruleY(boxes, {
        x1: (d: { x: number }) => d.x - 0.045,
        x2: (d: { x: number }) => d.x + 0.045,
        y: "median",
        stroke: theme.ink,
        strokeWidth: 2,
      }),
      Plot.ruleY(lines, { y: "y", x1: "x1", x2: "x2", stroke: theme.ink, strokeWidth: 0.8 }),
      Plot.ruleX(lines.flatMap(({ x1, x2, y }) => [{ x: x1, y }, { x: x2, y }]), {
        x: "x",
        y1: "y",
        y2: (d: { y: number }) => d.y - step * 0.25,
        stroke: theme.ink,
        strokeWidth: 0.8,
      }),
      Plot.text(lines, {
        x: (d: { x1: number; x2: number }) => (d.x1 + d.x2) / 2,
        y: "y",
        text: "label",
        dy: -3,
        lineAnchor: "bottom",
        fill: theme.ink,
      }),
    ],
  }, { ariaLabel: "Distance by grade: density, box and every head", ...options });
}

function at(grades: readonly number[], grade: number): number {
  const index = grades.indexOf(grade);
  if (index < 0) {
    throw new RangeError(
      `Cannot place grade ${grade}: the rows must contain it, they have grades ${grades.join(", ")}`,
    );
  }
  return index;
}

/** Jitter from the golden-ratio sequence: evenly spread and reproducible. */
function jitter(i: number): number {
  return (i * 0.6180339887498949) % 1;
}

/**
 * Gaussian kernel density with Silverman's bandwidth (1986, eq. 3.31), scaled to a peak of 1. It ends where it falls to
 * 0.4 % of the peak, at most three bandwidths beyond the values, and at 0 if no value is negative.
 */
function cloudOf(rows: readonly Row[], grade: number) {
  const values = rows.filter((row) => row.grade === grade).map((row) => row.distance);
  const n = values.length;
  if (n < MIN_FOR_DENSITY) return []; // only points and box are drawn
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / Math.max(1, n - 1));
  const { q1, q3 } = boxOf(rows.filter((row) => row.grade === grade));
  const h = 0.9 * Math.min(sd || 1, (q3 - q1) / 1.34 || sd || 1) * n ** -0.2;
  const [least, most] = extent(values) as [number, number];
  const low = least >= 0 ? Math.max(0, least - 3 * h) : least - 3 * h, high = most + 3 * h;
  const cloud = Array.from({ length: 81 }, (_, k) => {
    const y = low + ((high - low) * k) / 80;
    return { y, share: values.reduce((sum, v) => sum + Math.exp(-0.5 * ((y - v) / h) ** 2), 0) };
  });
  const peak = Math.max(...cloud.map((point) => point.share)) || 1;
  return cloud.map(({ y, share }) => ({ y, share: share / peak })).filter(({ share }) => share > 0.004);
}

/** Tukey's box plot; quantiles of type 7. */
function boxOf(rows: readonly Row[]) {
  const sorted = rows.map((row) => row.distance).sort((a, b) => a - b);
  const quantile = (p: number) => {
    const at = p * (sorted.length - 1);
    const k = Math.floor(at);
    return sorted[k] + (at - k) * ((sorted[k + 1] ?? sorted[k]) - sorted[k]);
  };
  const [q1, median, q3] = [quantile(0.25), quantile(0.5), quantile(0.75)];
  const reach = 1.5 * (q3 - q1);
  return {
    q1,
    median,
    q3,
    whiskerLow: sorted.find((v) => v >= q1 - reach) ?? q1,
    whiskerHigh: sorted.findLast((v) => v <= q3 + reach) ?? q3,
  };
}
