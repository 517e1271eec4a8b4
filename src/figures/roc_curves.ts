import * as Plot from "@observablehq/plot";
import type { FigureOptions, Thin } from "./figure_options.ts";
import type { FigureTheme } from "./figure_theme.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";
import { squareFrame } from "./square_frame.ts";

/** Scores of one grade, to be compared with the healthy heads. */
export interface RocSeries {
  readonly grade: number;
  readonly scores: ArrayLike<number>;
  /** Text after the grade in the legend, such as "0.86 [0.81, 0.90]". */
  readonly note?: string;
}

/** Options of {@linkcode rocCurves}. */
export interface RocOptions extends FigureOptions {
  /** Scores of the held-out healthy heads. */
  healthy: ArrayLike<number>;
  /** Selects the corners of a curve that are drawn. @default all */
  thin?: Thin;
}

/** One dash pattern per grade, so that lines differ in greyscale print too; the last grade has a solid line. */
const DASHES = ["1,2", "2,1.6", "5,1.6", "9,1.6,2,1.6", ""];

/**
 * ROC curves of each grade against the held-out healthy heads. A larger score means less healthy; equal scores of
 * healthy and diseased heads give diagonal segments. Colour and dash pattern distinguish the grades; the legend
 * contains the note of each series (its AUC and interval). The legend is outside the plot (beside it, or below it in a
 * narrow column), because a curve may run through any corner, even the lower right if its AUC is below 0.5.
 *
 * @throws {RangeError} if there is no score of a healthy head, or a series has no score.
 */
export function rocCurves(series: readonly RocSeries[], options: RocOptions): FigureSvg {
  const theme = themeOf(options);
  const axis = (label: string) => ({
    domain: [0, 1],
    label,
    labelArrow: "none" as const,
    labelAnchor: "center" as const,
    ticks: 5,
    tickFormat: "%",
  });
  const line = (grade: number) => ({
    stroke: theme.grades[grade % theme.grades.length],
    strokeDasharray: DASHES[grade % DASHES.length] || undefined,
    strokeLinecap: "butt" as const, // round ends would close the gaps
    strokeWidth: 1.8,
  });
  const { width = 420, thin = (all) => all } = options;
  const { frame, beside } = frameOf(series.length, { width, theme });
  const sidePx = frame.height - frame.marginTop - frame.marginBottom;
  return plotSvg({
    ...frame,
    x: { ...axis("false positives: 1 \u2212 specificity"), labelOffset: BOTTOM - 5 },
    y: { ...axis("true positives: sensitivity"), labelOffset: 47 }, // next to the axis, independent of the margin
    marks: [
      Plot.frame({ stroke: theme.rule }),
      Plot.line([[0, 0], [1, 1]], { stroke: theme.muted, strokeWidth: 0.6 }),
      series.map(({ grade, scores }) => Plot.line(thin(curve(options.healthy, scores)), line(grade))),
      keyOf(series, { theme, line, sidePx, beside }),
    ],
  }, { ariaLabel: "ROC curves of each grade against held-out healthy heads", ...options, width });
}

/** Room below the plot for ticks and the axis label, in CSS pixels. */
const BOTTOM = 42;
/** Space between the plot and a legend beside it, in CSS pixels. */
const GAP = 16;

/** Least side of a plot with the legend beside it, in CSS pixels; in a narrower figure the legend is below. */
const LEAST_SIDE = 300;

/** Size and margins of the figure, with room for the legend, and whether the legend is beside the plot. */
function frameOf(series: number, { width, theme }: { width: number; theme: FigureTheme }) {
  const { fontSizePx } = theme;
  const margins = { left: 50, right: 16, top: 12, bottom: BOTTOM }, key = GAP + 14.2 * fontSizePx;
  const beside = width - margins.left - margins.right - key >= LEAST_SIDE;
  return {
    beside,
    frame: squareFrame(width, {
      ...margins,
      ...(beside
        ? { right: margins.right + key }
        : { bottom: BOTTOM + (1.4 * (series + 1) + 0.6) * fontSizePx }),
    }),
  };
}

/** Height of the figure for a number of curves, in CSS pixels. */
export function rocHeight(series: number, at: { width: number; theme: FigureTheme }): number {
  return frameOf(series, at).frame.height;
}

/** Legend outside the plot: to the right of it, from the top, or below the axis label. */
function keyOf(
  series: readonly RocSeries[],
  { theme, line, sidePx, beside }: {
    theme: FigureTheme;
    line: (grade: number) => object;
    sidePx: number;
    beside: boolean;
  },
): Plot.Markish[] {
  const em = theme.fontSizePx / sidePx; // the axes run from 0 to 1
  const top = beside ? 1 - 0.7 * em : -BOTTOM / sidePx - 0.9 * em;
  const left = beside ? 1 + GAP / sidePx : 0;
  const yOf = (row: number) => top - 1.4 * (row + 1) * em;
  const words = (text: string, { x, y }: { x: number; y: number }) =>
    Plot.text([[x, y]], { text: [text], textAnchor: "start", lineAnchor: "middle", fill: theme.ink });
  const [start, name, value] = [left, left + 2.8 * em, left + 4.4 * em];
  const notes = series.some(({ note }) => note);
  return [
    notes ? words("AUC [95 %]", { x: value, y: yOf(-1) }) : null,
    words("grade", { x: start, y: yOf(-1) }),
    ...series.flatMap(({ grade, note }, k) => [
      Plot.line([[start, yOf(k)], [start + 2.4 * em, yOf(k)]], line(grade)),
      words(String(grade), { x: name, y: yOf(k) }),
      words(note ?? "", { x: value, y: yOf(k) }),
    ]),
  ];
}

/**
 * Corners of the ROC curve as [false positive rate, true positive rate], from (0, 0) to (1, 1).
 *
 * @throws {RangeError} if a group has no head.
 */
export function curve(healthy: ArrayLike<number>, diseased: ArrayLike<number>): [number, number][] {
  if (!healthy.length || !diseased.length) {
    throw new RangeError("Cannot draw a ROC curve: both groups must have at least one head");
  }
  const all = [
    ...Array.from(healthy, (score) => ({ score, positive: 0 })),
    ...Array.from(diseased, (score) => ({ score, positive: 1 })),
  ].sort((a, b) => b.score - a.score);
  const points: [number, number][] = [[0, 0]];
  let [falsely, truly] = [0, 0];
  all.forEach(({ score, positive }, i) => {
    if (positive) truly++;
    else falsely++;
    if (all[i + 1]?.score !== score) points.push([falsely / healthy.length, truly / diseased.length]);
  });
  return points;
}
