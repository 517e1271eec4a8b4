import * as Plot from "@observablehq/plot";
import { median } from "d3";
import { binEdges, binIndex } from "./bin_distances.ts";
import type { FigureOptions } from "./figure_options.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";

/**
 * Histogram of the Dice coefficients (0 to 1) of the heads with a reference outline, with the median as a dotted line.
 *
 * @throws {RangeError} if there is no value, or one is not finite.
 */
export function diceDistribution(
  values: readonly number[],
  options: FigureOptions & { bins?: number } = {},
): FigureSvg {
  const theme = themeOf(options);
  const edges = binEdges(values, { bins: options.bins ?? 30 });
  const counts = new Float64Array(edges.length - 1);
  for (const value of values) counts[binIndex(edges, value)]++;
  const bars = Array.from(counts, (count, k) => ({ count, x1: edges[k], x2: edges[k + 1] })).filter((bar) =>
    bar.count > 0
  );
  return plotSvg({
    height: 220,
    marginLeft: 46,
    marginTop: 24,
    marginBottom: 40,
    x: {
      label: "Dice",
      labelArrow: "none",
      labelAnchor: "center",
      ticks: 5,
      domain: [edges[0], edges.at(-1)!],
    },
    y: { label: "heads", labelArrow: "none", labelAnchor: "center", ticks: 4 },
    marks: [
      Plot.rectY(bars, {
        x1: "x1",
        x2: "x2",
        y: "count",
        fill: theme.accent,
        fillOpacity: 0.8,
        insetRight: 0.6,
      }),
      Plot.ruleY([0], { stroke: theme.muted }),
      Plot.ruleX([median(values)!], { stroke: theme.ink, strokeDasharray: "2,3" }),
      Plot.text([median(values)!], {
        x: (v: number) => v,
        text: (v: number) => `median ${v.toFixed(3)}`,
        frameAnchor: "top",
        dy: -6,
        lineAnchor: "bottom",
        textAnchor: "end",
        fill: theme.ink,
      }),
    ],
  }, { ariaLabel: `Dice of ${values.length} heads`, ...options });
}
