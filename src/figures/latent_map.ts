import * as Plot from "@observablehq/plot";
import type { FigureOptions } from "./figure_options.ts";
import { GRADE_SYMBOLS } from "./figure_theme.ts";
import { colourLegend } from "./colour_legend.ts";
import { equalAxes } from "./equal_axes.ts";
import { gradeLegend } from "./grade_legend.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";

/** One head on the map. */
export interface MapPoint {
  /** Horizontal map coordinate. */
  readonly x: number;
  /** Vertical map coordinate. */
  readonly y: number;
  /** Grade of the head, 0 to 4; below 0 if it has none. */
  readonly grade: number;
}

/** A closed line on the map, such as an ellipse that contains 95 % of the healthy heads. */
export interface MapOutline {
  /** Label, such as "95 %". */
  readonly label: string;
  /** Corners [x, y] in map coordinates. */
  readonly points: readonly (readonly [number, number])[];
}

/** Options of {@linkcode latentMap}. */
export interface LatentMapOptions extends FigureOptions {
  /** Grades in the legend. @default {[0, 1, 2, 3, 4]} */
  grades?: readonly number[];
  /** Names of the axes. @default {["UMAP 1", "UMAP 2"]} */
  axes?: readonly [string, string];
  /** Outlines drawn over the points, such as ellipses of the healthy heads. @default {[]} */
  outlines?: readonly MapOutline[];
  /** Density contours by grade under the points. @default {false} */
  density?: boolean;
  /** Colour of each point instead of its grade's colour, and the legend of the colours as [name, colour]. */
  fill?: { readonly colours: readonly string[]; readonly key: readonly (readonly [string, string])[] };
  /** One flag per point: true if the point is not selected and is therefore drawn faintly. */
  faint?: ArrayLike<boolean | number>;
  /** Numbers on the axes; meaningful for PCA, not for UMAP. @default {false} */
  ticks?: boolean;
}

/** Options of {@linkcode mapFrame}. */
export type MapFrameOptions = Pick<LatentMapOptions, "width" | "height" | "axes" | "ticks">;

/** Frame of a map that contains all points: margins, and two axes on which one unit has the same length in pixels. */
export function mapFrame(
  places: Iterable<{ readonly x: number; readonly y: number }>,
  options: MapFrameOptions,
) {
  const { width = 640, height = Math.round(width * 0.72), axes = ["UMAP 1", "UMAP 2"], ticks = false } =
    options;
  const margins = { marginLeft: ticks ? 44 : 28, marginTop: 30, marginBottom: 36, marginRight: 12 };
  const inside = {
    widthPx: width - margins.marginLeft - margins.marginRight,
    heightPx: height - margins.marginTop - margins.marginBottom,
  };
  const ends = equalAxes(places, inside);
  const axis = (label: string, domain: [number, number]) => ({
    domain,
    label,
    labelArrow: "none" as const,
    labelAnchor: "center" as const,
    ticks: ticks ? 5 : 0,
  });
  const [x, y] = [axis(axes[0], ends.x), axis(axes[1], ends.y)];
  return { inside, ends, frame: { height, ...margins, x, y, color: { type: "identity" as const } } };
}

/**
 * Map of the latent space: one point per head, colour and symbol by grade. Distances on a UMAP are not
 * to scale, so the axes have no numbers by default.
 */
export function latentMap(points: readonly MapPoint[], options: LatentMapOptions = {}): FigureSvg {
  const { grades = [0, 1, 2, 3, 4], outlines = [] } = options;
  const { density = false, faint } = options;
  const theme = themeOf(options);
  const order = points.map((_, i) => i).sort((a, b) => points[a].grade - points[b].grade || a - b);
  const clear = order.filter((i) => !faint?.[i]).map((i) => ({ ...points[i], i }));
  const pale = order.filter((i) => faint?.[i]).map((i) => points[i]);
  const symbol = (d: MapPoint) => d.grade < 0 ? "cross" : GRADE_SYMBOLS[d.grade % GRADE_SYMBOLS.length];
  const colour = (d: MapPoint) => d.grade < 0 ? theme.muted : theme.grades[d.grade % theme.grades.length];
  const fill = (d: MapPoint & { i: number }) => options.fill?.colours[d.i] ?? colour(d);
  const drawn = [...points, ...outlines.flatMap((line) => line.points.map(([x, y]) => ({ x, y })))];
  const { frame } = mapFrame(drawn, options);
  const r = (options.width ?? 640) < 400 ? 1.9 : 2.6;
  const dots = { x: "x", y: "y", r, symbol, stroke: "none", clip: false } as const;
  return plotSvg({
    ...frame,
    symbol: { type: "identity" },
    marks: [
      Plot.frame({ stroke: theme.rule }),
      density
        ? Plot.density(points, {
          x: "x",
          y: "y",
          stroke: colour,
          thresholds: 5,
          bandwidth: 14,
          strokeOpacity: 0.55,
          strokeWidth: 0.8,
        })
        : null,
      Plot.dot(pale, { ...dots, fill: theme.muted, fillOpacity: 0.18 }),
      Plot.dot(clear, { ...dots, fill, fillOpacity: 0.78 }),
      outlines.map((outline) => [
        Plot.line(outline.points, { stroke: theme.ink, strokeWidth: 0.9, strokeDasharray: "4,3" }),
        Plot.text([topOf(outline.points)], {
          text: [outline.label],
          dy: -6,
          fill: theme.muted,
          stroke: theme.paper,
          strokeWidth: 3,
        }),
      ]),
      gradeLegend(grades, { theme, plain: options.fill !== undefined }),
      options.fill
        ? colourLegend(options.fill.key, { theme, dx: 6 + (5 + 2.7 * grades.length) * theme.fontSizePx })
        : null,
    ],
  }, { ariaLabel: `Map of the latent space, ${points.length} heads by grade`, ...options });
}

function topOf(points: MapOutline["points"]): readonly [number, number] {
  return points.reduce((best, point) => (point[1] > best[1] ? point : best));
}
