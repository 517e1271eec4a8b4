import * as Plot from "@observablehq/plot";
import type { FigureOptions, Thin } from "./figure_options.ts";
import type { FigureTheme } from "./figure_theme.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";
import { squareFrame } from "./square_frame.ts";

/** Scores of one grade, to be compared with the healthy heads. */
export interface RocSeries {
  readonly grade: number;
  readonly scores: ArrayLike<number>;
  /** Text after the name, such as "0.86 [0.81, 0.90]". */
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
 * contains the note of each series (its AUC and interval).
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
  const curves = series.map(({ grade, scores }) => ({ grade, points: thin(curve(options.healthy, scores)) }));
  const square = squareFrame(width, { left: 50, right: 16, top: 12, bottom: 42 });
  const sidePx = square.height - square.marginTop - square.marginBottom;
  const below = curves.some(({ points }) =>
    reachesKey(points, { rows: series.length, em: theme.fontSizePx / sidePx })
  );
  const room = below ? ROW * (series.length + 1.7) * theme.fontSizePx : 0;
  const frame = { ...square, height: square.height + room, marginBottom: square.marginBottom + room };
  return plotSvg({
    ...frame,
    x: { ...axis("false positives: 1 \u2212 specificity"), labelOffset: square.marginBottom - 3 }, // above a legend below
    y: { ...axis("true positives: sensitivity"), labelOffset: 47 }, // next to the axis, independent of the margin
    marks: [
      Plot.frame({ stroke: theme.rule }),
      Plot.line([[0, 0], [1, 1]], { stroke: theme.muted, strokeWidth: 0.6 }),
      curves.map(({ grade, points }) => Plot.line(points, line(grade))),
      keyOf(series, { theme, line, sidePx, below }),
    ],
  }, { ariaLabel: "ROC curves of each grade against held-out healthy heads", ...options, width });
}

/** Width of the legend, and height of a row, in units of the font size. */
const KEY_WIDTH = 14.2, ROW = 1.4;

/** Whether a curve would cross the legend in the lower right: one with an AUC of about a half or less may. */
function reachesKey(
  points: readonly (readonly [number, number])[],
  { rows, em }: { rows: number; em: number },
): boolean {
  const left = 1 - (KEY_WIDTH + 0.5) * em, top = (0.9 + ROW * rows + 0.7) * em;
  // Between two corners a curve rises, so it is lowest at the first point right of the legend's left edge.
  return points.some(([x, y], i) => x >= left && Math.min(y, points[i - 1]?.[1] ?? y) < top && x > 0);
}

/** Legend in the lower right, where useful curves do not run, or below the plot if one does. */
function keyOf(
  series: readonly RocSeries[],
  { theme, line, sidePx, below }: {
    theme: FigureTheme;
    line: (grade: number) => object;
    sidePx: number;
    below: boolean;
  },
): Plot.Markish[] {
  const em = theme.fontSizePx / sidePx; // the axes run from 0 to 1
  const lowest = below ? -44 / sidePx - ROW * (series.length + 1.1) * em : 0;
  const yOf = (row: number) => lowest + (0.9 + ROW * (series.length - 1 - row)) * em;
  const words = (text: string, { x, y }: { x: number; y: number }) =>
    Plot.text([[x, y]], { text: [text], textAnchor: "start", lineAnchor: "middle", fill: theme.ink });
  const [start, name, value] = [1 - KEY_WIDTH * em, 1 - 11.4 * em, 1 - 9.8 * em];
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
 * Corners of the ROC curve, each [false-positive rate, true-positive rate], from the highest threshold to the lowest.
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
  let [falsePositives, truePositives] = [0, 0];
  all.forEach(({ score, positive }, i) => {
    if (positive) truePositives++;
    else falsePositives++;
    if (all[i + 1]?.score !== score) {
      points.push([falsePositives / healthy.length, truePositives / diseased.length]);
    }
  });
  return points;
}
