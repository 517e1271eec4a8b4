import * as Plot from "@observablehq/plot";
import type { FigureOptions } from "./figure_options.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";

/** Effect size of one comparison, with its interval. */
export interface Estimate {
  readonly label: string;
  readonly value: number;
  /** Confidence interval; null if it cannot be computed (one cluster only). */
  readonly interval: readonly [number, number] | null;
  /** Text at the right, such as the adjusted p. */
  readonly note?: string;
  /** False: drawn as an open symbol. @default {true} */
  readonly significant?: boolean;
}

/** Options of {@linkcode estimationPlot}. */
export interface EstimationOptions extends FigureOptions {
  /** Label of the axis. @default {"Cliff's delta, 95 % interval"} */
  label?: string;
  /** Range of the axis. @default {[-1, 1]} */
  domain?: readonly [number, number];
  /** Value of no difference. @default {0} */
  zero?: number;
  /** Equivalence region, shaded. @default none */
  equivalence?: readonly [number, number];
}

/** Effect sizes with confidence intervals, one line per pair. */
export function estimationPlot(estimates: readonly Estimate[], options: EstimationOptions = {}): FigureSvg {
  const { label = "Cliff's delta, 95 % interval", domain = [-1, 1], zero = 0, equivalence } = options;
  const theme = themeOf(options);
  const ranged = estimates.filter((row) => row.interval !== null);
  const notes = Math.max(...estimates.map((row) => row.note?.length ?? 0));
  return plotSvg({
    height: 26 * estimates.length + 58,
    marginLeft: 64,
    marginRight: notes ? Math.max(86, 0.58 * theme.fontSizePx * notes + 14) : 14,
    marginTop: 10,
    marginBottom: 40,
    x: { domain: [...domain], label, labelArrow: "none", labelAnchor: "center", ticks: 5 },
    y: { type: "point", domain: estimates.map((row) => row.label), label: null, tickSize: 0, padding: 0.6 },
    marks: [
      equivalence
        ? Plot.rect([0], { x1: equivalence[0], x2: equivalence[1], fill: theme.muted, fillOpacity: 0.1 })
        : null,
      Plot.ruleX([zero], { stroke: theme.muted, strokeWidth: 0.9 }),
      Plot.ruleY(ranged, {
        y: "label",
        x1: (d: Estimate) => d.interval![0],
        x2: (d: Estimate) => d.interval![1],
        stroke: theme.accent,
        strokeWidth: 2,
      }),
      Plot.dot(estimates, {
        x: "value",
        y: "label",
        r: 4.2,
        stroke: theme.accent,
        strokeWidth: 1.6,
        fill: (d: Estimate) => (d.significant === false ? theme.paper : theme.accent),
      }),
      notes
        ? Plot.text(estimates, {
          y: "label",
          text: (d: Estimate) => d.note ?? "",
          frameAnchor: "right",
          dx: 13,
          textAnchor: "start",
          fill: theme.muted,
        })
        : null,
    ],
  }, { ariaLabel: "Effect sizes with intervals, every pair", ...options });
}
