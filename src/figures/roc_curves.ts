import * as Plot from "@observablehq/plot";
import type { FigureOptions } from "./figure_options.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";

/** Scores of a grade to be told from the healthy ones. */
export interface RocSeries {
  readonly grade: number;
  readonly scores: ArrayLike<number>;
  /** Printed beside the name, such as "0.86 [0.81, 0.90]". */
  readonly note?: string;
}

/** Choices of {@linkcode rocCurves}. */
export interface RocOptions extends FigureOptions {
  /** Scores of the held-out healthy heads. */
  healthy: ArrayLike<number>;
}

/** ROC curves of each grade against the held-out healthy heads, larger score = less healthy; ties run diagonally. */
export function rocCurves(series: readonly RocSeries[], options: RocOptions): FigureSvg {
  const theme = themeOf(options);
  const side = Math.min(options.width ?? 360, 420);
  const axis = (label: string) => ({
    domain: [0, 1],
    label,
    labelArrow: "none" as const,
    labelAnchor: "center" as const,
    ticks: 5,
    tickFormat: "%",
  });
  const colour = (grade: number) => theme.grades[grade % theme.grades.length];
  return plotSvg({
    height: Math.round(side * 0.94),
    marginLeft: 50,
    marginTop: 12,
    marginBottom: 42,
    marginRight: 12,
    x: axis("false positives: 1 \u2212 specificity"),
    y: axis("true positives: sensitivity"),
    marks: [
      Plot.frame({ stroke: theme.rule }),
      Plot.line([[0, 0], [1, 1]], { stroke: theme.muted, strokeDasharray: "4,3", strokeWidth: 0.8 }),
      series.map(({ grade, scores }) =>
        Plot.line(curve(options.healthy, scores), { stroke: colour(grade), strokeWidth: 1.8 })
      ),
      series.map(({ grade, note }, k) => {
        const dy = -12 - (series.length - 1 - k) * theme.fontSizePx * 1.45;
        return [
          Plot.dot([0], {
            frameAnchor: "bottom-right",
            dx: -theme.fontSizePx * 15.5,
            dy,
            symbol: "square",
            r: 4.5,
            fill: colour(grade),
          }),
          Plot.text([`grade ${grade}${note ? `  ${note}` : ""}`], {
            frameAnchor: "bottom-right",
            dx: -theme.fontSizePx * 14.7,
            dy,
            textAnchor: "start",
            lineAnchor: "middle",
            fill: theme.ink,
          }),
        ];
      }),
    ],
  }, { ariaLabel: "ROC curves of each grade against held-out healthy heads", ...options });
}

/** Corners of the curve, thresholds from high to low. // [k][2] */
export function curve(healthy: ArrayLike<number>, diseased: ArrayLike<number>): [number, number][] {
  if (!healthy.length || !diseased.length) {
    throw new RangeError("Cannot draw a ROC curve: both groups need heads");
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
