import * as Plot from "@observablehq/plot";
import type { FigureOptions } from "./figure_options.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";
import { squareFrame } from "./square_frame.ts";

/** One healthy head: its squared distance and the chi-square quantile of its rank. */
export interface QuantilePair {
  readonly expected: number;
  readonly observed: number;
}

/** Options of {@linkcode qqChiSquare}. */
export interface QqOptions extends FigureOptions {
  /** Degrees of freedom, for the label of the axis. */
  degrees?: number;
}

/**
 * Quantile-quantile plot: squared distances of the held-out healthy heads against chi-square quantiles. If the latent
 * vectors are normally distributed, as the model assumes, the points are near the line. If they are above it,
 * chi-square tail probabilities are too small; ranks remain valid.
 */
export function qqChiSquare(pairs: readonly QuantilePair[], options: QqOptions = {}): FigureSvg {
  const theme = themeOf(options);
  const { width = 640 } = options;
  const high = pairs.reduce((most, { expected, observed }) => Math.max(most, expected, observed), 1);
  const axis = (label: string) => ({
    domain: [0, high],
    nice: true,
    label,
    labelArrow: "none" as const,
    labelAnchor: "center" as const,
    ticks: 5,
  });
  return plotSvg({
    ...squareFrame(width, { left: 50, right: 14, top: 14, bottom: 40 }),
    x: axis(`chi-square quantile${options.degrees ? `, ${options.degrees} degrees of freedom` : ""}`),
    y: { ...axis("squared distance"), labelOffset: 47 }, // next to the axis, independent of the margin
    marks: [
      Plot.line([[0, 0], [high, high]], { stroke: theme.muted, strokeDasharray: "4,3" }),
      Plot.dot(pairs, { x: "expected", y: "observed", r: 2.4, fill: theme.accent, fillOpacity: 0.75 }),
    ],
  }, { ariaLabel: "Squared distances against chi-square quantiles", ...options });
}
