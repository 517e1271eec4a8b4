import * as Plot from "@observablehq/plot";
import { contrastInk, mixColours } from "./contrast_ink.ts";
import type { FigureOptions } from "./figure_options.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";

/**
 * Confusion matrix: number of heads by reference grade (rows) and predicted grade (columns); shading is the share of
 * the row.
 */
export function confusionMatrix(
  counts: readonly (readonly number[])[],
  options: FigureOptions & { rowLabel?: string; columnLabel?: string } = {},
): FigureSvg {
  const theme = themeOf(options);
  const { width = 320, rowLabel = "reference grade", columnLabel = "predicted grade" } = options;
  const cells = counts.flatMap((row, r) => {
    const total = row.reduce((sum, n) => sum + n, 0) || 1;
    return row.map((n, c) => {
      const fill = mixColours(theme.paper, theme.accent, 0.05 + 0.8 * n / total);
      return { row: r, column: c, n, fill };
    });
  });
  const band = (label: string) => ({
    type: "band" as const,
    domain: counts.map((_, k) => k),
    label,
    labelArrow: "none" as const,
    labelAnchor: "center" as const,
    tickSize: 0,
    padding: 0.05,
  });
  return plotSvg({
    height: Math.min(Math.round(width * 0.9), 400),
    marginLeft: 42,
    marginTop: 36,
    marginRight: 4,
    marginBottom: 6,
    x: { ...band(columnLabel), axis: "top" },
    y: band(rowLabel),
    marks: [
      Plot.cell(cells, {
        x: "column",
        y: "row",
        fill: (d: { fill: string }) => d.fill,
        rx: 2,
      }),
      Plot.text(cells, {
        x: "column",
        y: "row",
        text: (d: { n: number }) => String(d.n),
        fill: (d: { fill: string }) => contrastInk(d.fill),
      }),
    ],
  }, { ariaLabel: "Reference grade against predicted grade", ...options, width });
}
