import * as Plot from "@observablehq/plot";
import { colourLegend } from "../../../src/figures/colour_legend.ts";
import type { FigureOptions } from "../../../src/figures/figure_options.ts";
import { mapFrame, type MapOutline } from "../../../src/figures/latent_map.ts";
import { type FigureSvg, plotSvg, themeOf } from "../../../src/figures/plot_svg.ts";
import { densityGrid } from "./density_grid.ts";

/** Options of {@linkcode latentDensity}. */
export interface LatentDensityOptions extends FigureOptions {
  /** Colours from few heads to many, with increasing or decreasing lightness. */
  colours: readonly string[];
  /** Names of the axes. @default {["UMAP 1", "UMAP 2"]} */
  axes?: readonly [string, string];
  /** Normative ellipses. @default {[]} */
  outlines?: readonly MapOutline[];
  /** Only heads with a 1 are counted; all heads if absent. // [n] */
  flags?: Uint8Array;
  /** Numbers on the axes; meaningful for PCA, not for UMAP. @default {false} */
  ticks?: boolean;
}

/** Side of a cell in CSS pixels. */
const CELL_PX = 3.5;

/**
 * Map of the latent space for many heads: the number of heads in each cell on a logarithmic ramp, with both ends in the
 * legend.
 */
export function latentDensity(
  { x, y }: { readonly x: Float64Array; readonly y: Float64Array },
  options: LatentDensityOptions,
): FigureSvg {
  const { colours, outlines = [], flags } = options;
  const theme = themeOf(options);
  const { inside: { widthPx, heightPx }, ends, frame } = mapFrame(placesOf({ x, y, outlines }), options);
  const [right, up] = [widthPx / (ends.x[1] - ends.x[0]), heightPx / (ends.y[1] - ends.y[0])]; // pixels per unit
  const { columns, counts, most, heads } = densityGrid({
    xs: Float32Array.from(x, (value) => (value - ends.x[0]) * right),
    ys: Float32Array.from(y, (value) => (value - ends.y[0]) * up), // upwards, as the axis
  }, { flags: flags ?? null, widthPx, heightPx, cellPx: CELL_PX });
  const [wide, high] = [CELL_PX / right, CELL_PX / up];
  const cells = Array.from(counts.keys()).filter((at) => counts[at] > 0).map((at) => ({
    x1: ends.x[0] + (at % columns) * wide,
    y1: ends.y[0] + Math.floor(at / columns) * high,
    fill: colours[
      Math.min(
        colours.length - 1,
        Math.floor((Math.log(counts[at]) / Math.log(Math.max(2, most))) * colours.length),
      )
    ],
  }));
  const number = new Intl.NumberFormat("en-GB");
  return plotSvg({
    ...frame,
    marks: [
      Plot.frame({ stroke: theme.rule }),
      Plot.rect(cells, {
        ...{
          x1: "x1",
          x2: (d: { x1: number }) => d.x1 + wide,
          y1: "y1",
          fill: "fill",
          shapeRendering: "crispEdges",
        },
        y2: (d: { y1: number }) => d.y1 + high,
      }),
      outlines.map(({ label, points }) => [
        Plot.line(points, { stroke: theme.ink, strokeWidth: 0.9, strokeDasharray: "4,3" }),
        Plot.text([points.reduce((best, point) => (point[1] > best[1] ? point : best))], {
          ...{ text: [label], dy: -6, fill: theme.ink, stroke: theme.paper, strokeWidth: 3 },
        }),
      ]),
      colourLegend([["1 head per cell", colours[0]], [`${number.format(most)} (log)`, colours.at(-1)!]], {
        theme,
        dx: 6,
      }),
    ],
  }, { ariaLabel: `Map of the latent space, density of ${number.format(heads)} heads`, ...options });
}

function* placesOf(
  { x, y, outlines }: { x: Float64Array; y: Float64Array; outlines: readonly MapOutline[] },
): Generator<{ x: number; y: number }> {
  for (let i = 0; i < x.length; i++) yield { x: x[i], y: y[i] };
  for (const { points } of outlines) for (const [px, py] of points) yield { x: px, y: py };
}
