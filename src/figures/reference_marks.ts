import * as Plot from "@observablehq/plot";
import type { FigureTheme } from "./figure_theme.ts";

/** A vertical line, such as the 95th percentile of the held-out healthy heads. */
export interface ReferenceLine {
  /** Position on the axis, in data units. */
  readonly value: number;
  /** Text above the line. */
  readonly label: string;
}

/** Options of {@linkcode referenceMarks}. */
export interface ReferenceMarksOptions {
  theme: FigureTheme;
  /** Lines whose labels are printed, without overlaps; see `readableLabels`. */
  labels: readonly (ReferenceLine & { readonly fromLine?: boolean })[];
  /** Panel with the labels if a figure has several panels; the lines go through all. @default {undefined} */
  panel?: number;
}

/** Dotted vertical lines with their labels above the frame. */
export function referenceMarks(
  references: readonly ReferenceLine[],
  { theme, labels, panel }: ReferenceMarksOptions,
): Plot.Markish[] {
  const label = {
    ...{ x: "value", text: "label", frameAnchor: "top" } as const,
    ...{ dy: -4, lineAnchor: "bottom", fill: theme.muted } as const,
  };
  return [
    Plot.ruleX(references, { x: "value", stroke: theme.muted, strokeDasharray: "2,3", strokeWidth: 0.8 }),
    ...[false, true].map((fromLine) => {
      const some = labels.filter((line) => (line.fromLine ?? false) === fromLine);
      const placed = { ...label, textAnchor: fromLine ? "start" : "middle" } as const;
      if (some.length === 0) return null;
      return panel === undefined
        ? Plot.text(some, placed)
        : Plot.text(some.map((line) => ({ ...line, panel })), { ...placed, fy: "panel" });
    }),
  ];
}
