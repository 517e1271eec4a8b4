import * as Plot from "@observablehq/plot";
import type { FigureOptions } from "./figure_options.ts";
import type { FigureTheme } from "./figure_theme.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";
import type { ReferenceLine } from "./reference_marks.ts";

/** One frame of the progression: an image decoded on the path through the median latent vectors of the grades. */
export interface FilmFrame {
  /** Position between the grades, 0 to 4. */
  readonly grade: number;
  /** Mahalanobis distance from healthy. */
  readonly distance: number;
  /** Mahalanobis distance to the nearest head of the cohort. */
  readonly nearest: number;
  /** True if no head of the cohort is near: the frame is an extrapolation. */
  readonly offManifold: boolean;
}

/** Options of {@linkcode filmDistance}. */
export interface FilmDistanceOptions extends FigureOptions {
  /** Horizontal lines, such as percentiles of the held-out healthy heads. @default {[]} */
  references?: readonly ReferenceLine[];
}

/** Position of the lines' labels, as a share of the x axis. */
const LABEL_AT = 0.4;

/**
 * Distance from healthy along the progression, and the distance to the nearest head of the cohort. The background is
 * grey where no head of the cohort is near, so that the frames are extrapolations of the model (`offManifold`).
 */
export function filmDistance(frames: readonly FilmFrame[], options: FilmDistanceOptions = {}): FigureSvg {
  const { references = [] } = options;
  const theme = themeOf(options);
  const high = Math.max(
    ...frames.flatMap(({ distance, nearest }) => [distance, nearest]),
    ...references.map(({ value }) => value),
  );
  const half = frames.length > 1 ? Math.abs(frames[1].grade - frames[0].grade) / 2 : 0.5;
  const labelled = [frames[Math.round(LABEL_AT * (frames.length - 1))]];
  // Both lines usually rise, so a label crosses neither of them if it is above and to the left of the upper line, or below and
  // to the right of the lower one.
  const above = { x: "grade", y: "distance", textAnchor: "end", lineAnchor: "bottom", dy: -8 } as const;
  const below = { x: "grade", textAnchor: "start", lineAnchor: "top", dy: 8 } as const;
  // To the left of its label, the curve may be higher than at the label; the label must be above all of it.
  const { width = 640 } = options;
  const [first, last] = [frames[0].grade, frames.at(-1)!.grade];
  const reach = 0.6 * theme.fontSizePx * "from healthy".length / (width - 60) * Math.abs(last - first);
  const under = frames.filter(({ grade }) =>
    Math.abs(grade - labelled[0].grade) <= half ||
    (grade <= labelled[0].grade && grade >= labelled[0].grade - reach)
  );
  const clear = [{ grade: labelled[0].grade, distance: Math.max(...under.map(({ distance }) => distance)) }];
  const frame = distanceOverGrade({
    theme,
    label: "position between the grades",
    top: high * 1.08,
    references,
  });
  return plotSvg({
    ...frame,
    marks: [
      Plot.rect(frames.filter(({ offManifold }) => offManifold), {
        x1: (d: FilmFrame) => d.grade - half,
        x2: (d: FilmFrame) => d.grade + half,
        y1: 0,
        y2: high * 1.08,
        fill: theme.muted,
        fillOpacity: 0.14,
      }),
      ...frame.marks,
      Plot.lineY(frames, { x: "grade", y: "nearest", stroke: theme.muted, strokeDasharray: "5,3" }),
      Plot.lineY(frames, { x: "grade", y: "distance", stroke: theme.accent, strokeWidth: 2 }),
      Plot.text(labelled, {
        ...below,
        y: "nearest",
        text: () => "to the nearest head of the cohort",
        fill: theme.muted,
      }),
      Plot.text(clear, { ...above, text: () => "from healthy", fill: theme.accent }),
    ],
  }, { ariaLabel: "Distance along the progression", ...options });
}

/** Options of {@linkcode distanceOverGrade}. */
export interface DistanceOverGradeOptions {
  theme: FigureTheme;
  /** Label of the axis of grades. */
  label: string;
  /** Lowest and highest grade on that axis. @default those of the data */
  domain?: readonly [number, number];
  /** Upper end of the axis of distances. */
  top: number;
  /** Horizontal lines, such as the 95th percentile of the held-out healthy heads. */
  references: readonly ReferenceLine[];
}

/**
 * What all figures of the distance over the grades have in common: size, margins, axes and reference lines. Their own
 * marks are drawn on top of these.
 */
export function distanceOverGrade(
  { theme, label, domain, top, references }: DistanceOverGradeOptions,
): Plot.PlotOptions & { marks: Plot.Markish[] } {
  const axis = { labelArrow: "none", labelAnchor: "center", ticks: 5 } as const;
  return {
    height: 256,
    marginLeft: 44,
    marginTop: 14,
    marginBottom: 38,
    marginRight: 56,
    x: { ...(domain ? { domain } : {}), label, ...axis, tickFormat: "~r", tickSize: 3 },
    y: { domain: [0, top], label: "Mahalanobis distance", ...axis },
    marks: [
      Plot.ruleY(references, { y: "value", stroke: theme.muted, strokeDasharray: "2,3", strokeWidth: 0.8 }),
      Plot.text(references, {
        ...{ y: "value", text: "label", frameAnchor: "right", dx: 4, textAnchor: "start" } as const,
        fill: theme.muted,
      }),
      Plot.ruleY([0], { stroke: theme.rule }),
    ],
  };
}
