import * as Plot from "@observablehq/plot";
import { extent } from "d3";
import type { FigureOptions } from "./figure_options.ts";
import { GRADE_SYMBOLS } from "./figure_theme.ts";
import { gradeLegend } from "./grade_legend.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";
import { squareFrame } from "./square_frame.ts";

/** Both hips of one patient. */
export interface HipPair {
  readonly right: number;
  readonly left: number;
  readonly gradeRight: number;
  readonly gradeLeft: number;
}

/** Options of {@linkcode hipPairs}. */
export interface HipPairsOptions extends FigureOptions {
  /** Name of the measure, for the axes. @default {"distance"} */
  label?: string;
}

/**
 * Distance of the left hip against the right hip, one point per patient, coloured by the higher of both grades. Open
 * points are patients with one healthy and one diseased hip.
 */
export function hipPairs(pairs: readonly HipPair[], options: HipPairsOptions = {}): FigureSvg {
  const theme = themeOf(options);
  const { width = 420, label: measure = "distance" } = options;
  const [low, high] = extent(pairs.flatMap(({ right, left }) => [right, left])) as [number, number];
  const worse = (p: HipPair) => Math.max(p.gradeRight, p.gradeLeft);
  const mixed = (p: HipPair) => Math.min(p.gradeRight, p.gradeLeft) === 0 && worse(p) > 0;
  const colour = (p: HipPair) => theme.grades[worse(p) % theme.grades.length];
  const axis = (label: string) => ({
    domain: [low, high],
    nice: true,
    label,
    labelArrow: "none" as const,
    labelAnchor: "center" as const,
    ticks: 5,
  });
  const order = [...pairs].sort((a, b) => worse(a) - worse(b));
  return plotSvg({
    ...squareFrame(width, { left: 46, right: 12, top: 30, bottom: 40 }),
    x: axis(`${measure}, right hip`),
    y: axis(`${measure}, left hip`),
    symbol: { type: "identity" },
    marks: [
      Plot.line([[low, low], [high, high]], {
        stroke: theme.muted,
        strokeDasharray: "4,3",
        strokeWidth: 0.8,
      }),
      Plot.dot(order, {
        x: "right",
        y: "left",
        r: 3,
        symbol: (p: HipPair) => GRADE_SYMBOLS[worse(p) % GRADE_SYMBOLS.length],
        fill: (p: HipPair) => (mixed(p) ? theme.paper : colour(p)),
        fillOpacity: 0.7,
        stroke: colour,
        strokeWidth: 1.2,
      }),
      gradeLegend([...new Set(pairs.map(worse))].sort((a, b) => a - b), { theme }),
    ],
  }, { ariaLabel: `Both hips of ${pairs.length} patients`, ...options, width });
}
