import * as Plot from "@observablehq/plot";
import { binDistances, binEdges, type GradedDistance } from "./bin_distances.ts";
import type { FigureOptions } from "./figure_options.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";

/** A vertical line, such as the 95th percentile of the held-out healthy heads. */
export interface ReferenceLine {
  readonly value: number;
  readonly label: string;
}

/** Choices of {@linkcode deviationByGrade}. */
export interface DeviationByGradeOptions extends FigureOptions {
  /** Grades from top to bottom. @default {[0, 1, 2, 3, 4]} */
  grades?: readonly number[];
  /** Edges of the bars; made from the rows when absent. // [bins + 1] */
  edges?: Float64Array;
  /** Number of bars when no edges are given. @default {40} */
  bins?: number;
  /** Logarithmic distance axis. @default {false} */
  log?: boolean;
  /** Lines drawn through all panels. @default {[]} */
  references?: readonly ReferenceLine[];
  /** One panel a grade, or all grades in one. @default {"panels"} */
  layout?: "panels" | "overlaid";
  /** @default {"Mahalanobis distance from healthy"} */
  label?: string;
}

/**
 * Histogram of the distance from healthy, one panel a grade. Bars show the share of the grade's own heads, so that
 * 36 heads of grade 4 can be compared with 1,495 of grade 0; the number of heads stands beside each panel.
 */
export function deviationByGrade(
  rows: readonly GradedDistance[],
  options: DeviationByGradeOptions = {},
): FigureSvg {
  const { grades = [0, 1, 2, 3, 4], bins = 40, log = false, references = [], layout = "panels" } = options;
  const { label = "Mahalanobis distance from healthy" } = options;
  const theme = themeOf(options);
  const edges = options.edges ?? binEdges(rows.map((row) => row.distance), { bins, log });
  const bars = binDistances(rows, { edges, grades }); // [grades * bins]
  const panels = layout === "panels";
  const fy = panels ? { fy: "grade" } : {};
  const heads = grades.map((grade) => ({ grade, n: rows.filter((row) => row.grade === grade).length }));
  return plotSvg({
    height: panels ? 64 * grades.length + 64 : 300,
    marginLeft: panels ? 58 : 44,
    marginRight: panels ? 52 : 16,
    marginTop: references.length ? 28 : 12,
    marginBottom: 38,
    x: {
      type: log ? "log" : "linear",
      domain: [edges[0], edges.at(-1)!],
      label,
      labelArrow: "none",
      ticks: 6,
      tickFormat: "~g",
    },
    y: {
      label: panels ? null : "share of the grade's heads",
      labelArrow: "none",
      ticks: panels ? 0 : 4,
      tickFormat: "%",
      axis: panels ? null : "left",
    },
    ...(panels ? { fy: { type: "band" as const, domain: [...grades], axis: null, padding: 0.12 } } : {}),
    color: { type: "ordinal", domain: [...grades], range: [...theme.grades] },
    marks: [
      Plot.rectY(bars.filter((bar) => bar.count > 0), {
        x1: "x1",
        x2: "x2",
        y: "share",
        ...fy,
        fill: "grade",
        fillOpacity: panels ? 0.85 : 0.4,
        inset: 0,
        insetRight: 0.6,
      }),
      Plot.ruleX(references, { x: "value", stroke: theme.ink, strokeDasharray: "2,3", strokeWidth: 0.8 }),
      Plot.ruleY([0], { stroke: theme.muted, strokeWidth: 0.8 }),
      Plot.text(panels ? references.map((line) => ({ ...line, grade: grades[0] })) : references, {
        x: "value",
        text: "label",
        ...fy,
        frameAnchor: "top",
        dy: -8,
        lineAnchor: "bottom",
        fill: theme.muted,
      }),
      ...(panels
        ? [
          Plot.text(heads, {
            ...fy,
            text: (d: { grade: number }) => `grade ${d.grade}`,
            frameAnchor: "bottom-left",
            dx: -8,
            dy: -4,
            textAnchor: "end",
            fill: theme.ink,
            fontWeight: 600,
          }),
          Plot.text(heads, {
            ...fy,
            text: (d: { n: number }) => `n = ${d.n}`,
            frameAnchor: "bottom-right",
            dx: 6,
            dy: -4,
            textAnchor: "start",
            fill: theme.muted,
          }),
        ]
        : gradeKey(grades, theme.grades)),
    ],
  }, { ariaLabel: "Histogram of the distance from healthy, by grade", ...options });
}

/** Swatches and names in one row at the top right of the frame. */
function gradeKey(grades: readonly number[], colours: readonly string[]): Plot.Markish[] {
  return grades.flatMap((grade, i) => {
    const dx = -64 * (grades.length - 1 - i) - 52;
    return [
      Plot.dot([grade], { frameAnchor: "top-right", dx, dy: 8, symbol: "square", r: 5, fill: colours[i] }),
      Plot.text([`grade ${grade}`], { frameAnchor: "top-right", dx: dx + 9, dy: 8, textAnchor: "start" }),
    ];
  });
}
