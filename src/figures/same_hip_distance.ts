import * as Plot from "@observablehq/plot";
import { distanceOverGrade } from "./film_distance.ts";
import type { FigureOptions } from "./figure_options.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";
import type { ReferenceLine } from "./reference_marks.ts";

/** A stage of the lesion (0 to 4, also between grades) and the distance from healthy at that stage. */
export interface StagePoint {
  readonly stage: number;
  readonly distance: number;
}

/** Options of {@linkcode sameHipDistance}. */
export interface SameHipOptions extends FigureOptions {
  /** The model's path, decoded between the median latent vectors of the grades, for comparison. @default {[]} */
  path?: readonly StagePoint[];
  /** Horizontal lines, such as percentiles of the healthy heads. @default {[]} */
  references?: readonly ReferenceLine[];
}

/**
 * Distance of one simulated hip as its lesion grows from grade 0 to grade 4, next to the distance along the model's
 * path.
 */
export function sameHipDistance(frames: readonly StagePoint[], options: SameHipOptions = {}): FigureSvg {
  const { path = [], references = [] } = options;
  const theme = themeOf(options);
  const high = Math.max(
    ...[...frames, ...path].map(({ distance }) => distance),
    ...references.map(({ value }) => value),
  );
  const names = placeNames(frames, path),
    place = { x: "stage", y: "distance", textAnchor: "middle" } as const;
  const halo = { stroke: theme.paper, strokeWidth: 4 } as const; // keeps labels readable on reference lines
  const frame = distanceOverGrade({ theme, label: "grade", domain: [0, 4], top: high * 1.1, references });
  return plotSvg({
    ...frame,
    marks: [
      ...frame.marks,
      Plot.lineY(path, { x: "stage", y: "distance", stroke: theme.muted, strokeDasharray: "5,3" }),
      Plot.lineY(frames, { x: "stage", y: "distance", stroke: theme.accent, strokeWidth: 2 }),
      Plot.dot(frames, { x: "stage", y: "distance", r: 2.6, fill: theme.accent }),
      Plot.text(names.path, {
        ...{ ...place, ...names.above ? BELOW : ABOVE },
        text: () => "the model\u2019s path",
        fill: theme.muted,
        ...halo,
      }),
      Plot.text(names.hip, {
        ...{ ...place, ...names.above ? ABOVE : BELOW },
        text: () => "the same hip",
        fill: theme.accent,
        ...halo,
        fontWeight: 600,
      }),
    ],
  }, { ariaLabel: "Distance of one simulated hip from grade 0 to grade 4", ...options });
}

const ABOVE = { lineAnchor: "bottom", dy: -7 } as const, BELOW = { lineAnchor: "top", dy: 7 } as const;

/**
 * Positions of the two lines' labels: where the lines are furthest apart, but not at the ends. `above` is true if the
 * hip's line is the upper one; each label is then placed on the side of its line that faces away from the other.
 */
function placeNames(frames: readonly StagePoint[], path: readonly StagePoint[]) {
  const inner = frames.filter(({ stage }) => stage >= 0.4 && stage <= 3.6);
  const pairs = (inner.length > 0 ? inner : frames).flatMap((hip) => {
    const gaps = path.map(({ stage }) => Math.abs(stage - hip.stage));
    const nearest = path[gaps.indexOf(Math.min(...gaps))];
    return nearest ? [{ hip, nearest, gap: hip.distance - nearest.distance }] : [];
  });
  if (pairs.length === 0) return { hip: inner.slice(-1), path: [], above: true };
  const widest = pairs.reduce((best, each) => Math.abs(each.gap) > Math.abs(best.gap) ? each : best);
  return { hip: [widest.hip], path: [widest.nearest], above: widest.gap >= 0 };
}
