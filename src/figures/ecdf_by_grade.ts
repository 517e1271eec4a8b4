import * as Plot from "@observablehq/plot";
import type { FigureOptions, Thin } from "./figure_options.ts";
import { gradeLegend } from "./grade_legend.ts";
import { readableLabels } from "./readable_labels.ts";
import { extent } from "d3";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";
import { type ReferenceLine, referenceMarks } from "./reference_marks.ts";

/** Options of {@linkcode ecdfByGrade}. */
export interface EcdfOptions extends FigureOptions {
  /** Logarithmic distance axis. @default {false} */
  log?: boolean;
  /** Vertical lines at these distances. @default {[]} */
  references?: readonly ReferenceLine[];
  /** Label of the axis. @default {"Mahalanobis distance from healthy"} */
  label?: string;
  /** Selects the steps of a line that are drawn; their heights always count all heads. @default all */
  thin?: Thin;
}

/** Empirical distribution function of the distance, one step line per grade. It needs no bins and no smoothing. */
export function ecdfByGrade(
  rows: readonly { readonly grade: number; readonly distance: number }[],
  options: EcdfOptions = {},
): FigureSvg {
  const { log = false, references = [], label = "Mahalanobis distance from healthy" } = options;
  const theme = themeOf(options);
  const grades = [...new Set(rows.map((row) => row.grade))].sort((a, b) => a - b);
  const lines = grades.map((grade) => {
    const sorted = Float64Array.from(rows.filter((row) => row.grade === grade), (row) => row.distance).sort();
    const steps = Array.from(sorted, (x, i) => ({ x, y: (i + 1) / sorted.length, grade }));
    return options.thin?.(steps) ?? steps;
  });
  const distances = rows.map((row) => row.distance);
  const labels = readableLabels(references, {
    domain: extent([...distances, ...references.map(({ value }) => value)]) as [number, number],
    log,
    lengthPx: (options.width ?? 640) - 68,
    fontSizePx: theme.fontSizePx,
  });
  return plotSvg({
    height: 300,
    marginLeft: 54,
    marginTop: 42,
    marginBottom: 40,
    marginRight: 14,
    x: {
      type: log ? "log" : "linear",
      label,
      labelArrow: "none",
      labelAnchor: "center",
      ticks: 6,
      tickFormat: "~r",
    },
    y: {
      domain: [0, 1],
      label: "share of heads at or below",
      labelArrow: "none",
      labelAnchor: "center",
      ticks: 5,
      tickFormat: "%",
    },
    marks: [
      Plot.ruleY([0, 1], { stroke: theme.rule }),
      referenceMarks(references, { theme, labels }),
      lines.map((line, k) =>
        Plot.lineY(line, {
          x: "x",
          y: "y",
          curve: "step-after",
          stroke: theme.grades[grades[k] % theme.grades.length],
          strokeWidth: 1.7,
        })
      ),
      gradeLegend(grades, { theme, dy: -30 }),
    ],
  }, { ariaLabel: "Empirical distribution of the distance, by grade", ...options });
}
