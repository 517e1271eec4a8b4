import * as Plot from "@observablehq/plot";
import {
  type Bin,
  binDistances,
  binEdges,
  type GradedDistance,
  isInPanel,
  type Panel,
} from "./bin_distances.ts";
import type { FigureOptions } from "./figure_options.ts";
import type { FigureTheme } from "./figure_theme.ts";
import { gradeLegend } from "./grade_legend.ts";
import { readableLabels } from "./readable_labels.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";
import { type ReferenceLine, referenceMarks } from "./reference_marks.ts";

export type { ReferenceLine };

/** Options of {@linkcode deviationByGrade}. */
export interface DeviationByGradeOptions extends FigureOptions {
  /** Histograms from top to bottom. @default {one per grade present} */
  panels?: readonly Panel[];
  /** Edges of the bars, [bins + 1]. @default from the range of the rows */
  edges?: Float64Array;
  /** Number of bars if no edges are given. @default {40} */
  bins?: number;
  /** Logarithmic distance axis. @default {false} */
  log?: boolean;
  /** Vertical lines through all panels; those beyond the edges of the bars are omitted. @default {[]} */
  references?: readonly ReferenceLine[];
  /**
   * `panels`: one histogram below another; `overlaid`: all histograms as outlines in one plot, those of training and
   * validation heads dashed.
   *
   * @default {"panels"}
   */
  layout?: "panels" | "overlaid";
  /** Label of the axis. @default {"Mahalanobis distance from healthy"} */
  label?: string;
}

/**
 * Histogram of the distance from healthy, one panel per grade. Bars show the share of the panel's own heads, so that 36
 * heads of grade 4 can be compared with 1,495 of grade 0. In the layout `panels`, the number of heads is printed next
 * to each panel.
 */
export function deviationByGrade(
  rows: readonly GradedDistance[],
  options: DeviationByGradeOptions = {},
): FigureSvg {
  const { bins = 40, log = false, layout = "panels", panels = gradePanels(rows) } = options;
  const theme = themeOf(options);
  const edges = options.edges ?? binEdges(rows.map((row) => row.distance), { bins, log });
  const bars = binDistances(rows, { edges, panels });
  const counts = panels.map((panel) => rows.filter((row) => isInPanel(row, panel)).length);
  const x = {
    type: log ? "log" as const : "linear" as const,
    domain: [edges[0], edges.at(-1)!],
    label: options.label ?? "Mahalanobis distance from healthy",
    labelArrow: "none" as const,
    labelAnchor: "center" as const,
    ticks: 6,
    tickFormat: "~r",
  };
  const inside = (options.references ?? []).filter(({ value }) =>
    value >= edges[0] && value <= edges.at(-1)!
  );
  const labels = readableLabels(inside, {
    domain: [edges[0], edges.at(-1)!],
    log,
    lengthPx: (options.width ?? 640) - 136,
    fontSizePx: theme.fontSizePx,
  });
  const draw = layout === "panels" ? panelled : overlaid;
  return plotSvg({
    marginBottom: 38,
    x,
    ...draw({ bars, panels, counts, theme, options: { ...options, references: inside }, labels }),
  }, {
    ariaLabel: "Histogram of the distance from healthy, by grade",
    ...options,
  });
}

const COUNT = new Intl.NumberFormat("en-GB");

interface Drawing {
  bars: Bin[];
  panels: readonly Panel[];
  counts: number[];
  theme: FigureTheme;
  options: DeviationByGradeOptions;
  labels: readonly ReferenceLine[];
}

function panelled({ bars, panels, counts, theme, options, labels }: Drawing): Plot.PlotOptions {
  const { references = [] } = options;
  const names = panels.map((panel, i) => ({ ...panel, panel: i, n: counts[i] }));
  const left = { fy: "panel", frameAnchor: "bottom-left", dx: -10, textAnchor: "end" } as const;
  return {
    height: 50 * panels.length + 66,
    marginLeft: 72,
    marginRight: 64,
    marginTop: references.length ? 26 : 10,
    y: { axis: null },
    fy: { type: "band", domain: panels.map((_, i) => i), axis: null, padding: 0.18 },
    marks: [
      Plot.ruleY([0], { stroke: theme.rule }),
      Plot.rectY(bars.filter((b) => b.count > 0), { ...bar(theme), y: "share", fy: "panel" }),
      referenceMarks(references, { theme, labels, panel: 0 }),
      Plot.text(names, {
        ...left,
        text: (d: Panel) => d.grade < 0 ? "ungraded" : `grade ${d.grade}`,
        dy: (panels.some((p) => p.split)) ? -12 : -2,
        lineAnchor: "bottom",
        fontWeight: 600,
      }),
      Plot.text(names, {
        ...left,
        text: (d: Panel) => d.split ?? "",
        dy: 0,
        lineAnchor: "bottom",
        fill: theme.muted,
      }),
      Plot.text(names, {
        fy: "panel",
        text: (d: { n: number }) => `n = ${COUNT.format(d.n)}`,
        frameAnchor: "bottom-right",
        dx: 8,
        dy: 0,
        textAnchor: "start",
        lineAnchor: "bottom",
        fill: theme.muted,
      }),
    ],
  };
}

function overlaid({ bars, panels, theme, options, labels }: Drawing): Plot.PlotOptions {
  const { references = [] } = options;
  const grades = [...new Set(panels.map((panel) => panel.grade))].filter((grade) => grade >= 0);
  const steps = panels.flatMap((panel, k) => {
    const line = outlineOf(bars.filter((b) => b.panel === k)); // [2 * bars + 2]
    const dash = panel.split && panel.split !== "held-out" ? "3,2" : undefined;
    return [
      Plot.areaY(line, {
        x: "x",
        y1: 0,
        y2: "y",
        fill: theme.grades[panel.grade] ?? theme.muted,
        fillOpacity: 0.09,
      }),
      Plot.lineY(line, {
        x: "x",
        y: "y",
        stroke: theme.grades[panel.grade] ?? theme.muted,
        strokeWidth: 1.6,
        strokeDasharray: dash,
      }),
    ];
  });
  return {
    height: 300,
    marginLeft: 48,
    marginRight: 16,
    marginTop: 40,
    y: {
      label: "share of the panel's heads",
      labelArrow: "none",
      labelAnchor: "center",
      ticks: 4,
      tickFormat: "%",
    },
    marks: [
      ...steps,
      Plot.ruleY([0], { stroke: theme.muted, strokeWidth: 0.8 }),
      referenceMarks(references, { theme, labels }),
      gradeLegend(grades, { theme, dy: -28 }),
    ],
  };
}

/** Outline of a histogram as a step line. */
function outlineOf(bars: readonly Bin[]): { x: number; y: number }[] {
  const corners = bars.flatMap(({ x1, x2, share: y }) => [{ x: x1, y }, { x: x2, y }]);
  return bars.length ? [{ x: bars[0].x1, y: 0 }, ...corners, { x: bars.at(-1)!.x2, y: 0 }] : [];
}

/** Position and colour of a bar. */
function bar(theme: FigureTheme) {
  return {
    x1: "x1",
    x2: "x2",
    insetRight: 0.6,
    fill: (d: Bin) => theme.grades[d.grade] ?? theme.muted,
    fillOpacity: 0.9,
  };
}

/** One panel per grade present. */
export function gradePanels(rows: readonly GradedDistance[]): Panel[] {
  const grades = [...new Set(rows.map((row) => row.grade))].sort((a, b) => a - b);
  return grades.map((grade) => ({ label: `grade ${grade}`, grade }));
}
