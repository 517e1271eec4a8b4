import * as Plot from "@observablehq/plot";
import type { FigureOptions } from "./figure_options.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";
import type { ReferenceLine } from "./reference_marks.ts";

/** A position between the grades and the distance there. */
export interface StagePoint {
  readonly stage: number;
  readonly distance: number;
}

/** Options of {@linkcode sameHipDistance}. */
export interface SameHipOptions extends FigureOptions {
  /** The model's interpolation between the grades, for comparison. @default {[]} */
  path?: readonly StagePoint[];
  /** Horizontal lines, such as percentiles of the healthy heads. @default {[]} */
  references?: readonly ReferenceLine[];
}

/** Distance of one simulated hip as its lesion grows from grade 0 to grade 4, and the model's own path between the grades. */
export function sameHipDistance(frames: readonly StagePoint[], options: SameHipOptions = {}): FigureSvg {
  const { path = [], references = [] } = options;
  const theme = themeOf(options);
  const high = Math.max(
    ...[...frames, ...path].map(({ distance }) => distance),
    ...references.map(({ value }) => value),
  );
  const end = { x: "stage", y: "distance", textAnchor: "end", lineAnchor: "bottom", dy: -7 } as const;
  return plotSvg({
    height: 256,
    marginLeft: 44,
    marginTop: 14,
    marginBottom: 38,
    marginRight: 56,
    x: {
      domain: [0, 4],
      label: "grade",
      labelArrow: "none",
      labelAnchor: "center",
      ticks: 5,
      tickFormat: "~r",
      tickSize: 3,
    },
    y: {
      domain: [0, high * 1.1],
      label: "Mahalanobis distance",
      labelArrow: "none",
      labelAnchor: "center",
      ticks: 5,
    },
    marks: [
      Plot.ruleY(references, { y: "value", stroke: theme.muted, strokeDasharray: "2,3", strokeWidth: 0.8 }),
      Plot.text(references, {
        ...{ y: "value", text: "label", frameAnchor: "right", dx: 4, textAnchor: "start" } as const,
        fill: theme.muted,
      }),
      Plot.ruleY([0], { stroke: theme.rule }),
      Plot.lineY(path, { x: "stage", y: "distance", stroke: theme.muted, strokeDasharray: "5,3" }),
      Plot.lineY(frames, { x: "stage", y: "distance", stroke: theme.accent, strokeWidth: 2 }),
      Plot.dot(frames, { x: "stage", y: "distance", r: 2.6, fill: theme.accent }),
      Plot.text(path.slice(-1), { ...end, text: () => "the model\u2019s path", fill: theme.muted }),
      Plot.text(frames.slice(-1), {
        ...end,
        text: () => "the same hip",
        fill: theme.accent,
        fontWeight: 600,
      }),
    ],
  }, { ariaLabel: "Distance of one simulated hip from grade 0 to grade 4", ...options });
}
