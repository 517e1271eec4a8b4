import * as Plot from "@observablehq/plot";
import type { FigureTheme } from "./figure_theme.ts";

/** A vertical line, such as the 95th percentile of the held-out healthy heads. */
export interface ReferenceLine {
  /** The value. */
  readonly value: number;
  /** The label. */
  readonly label: string;
}

/** How {@linkcode referenceMarks} draws. */
export interface ReferenceMarksOptions {
  theme: FigureTheme;
  /** The lines whose labels do not overprint; see `readableLabels`. */
  labels: readonly ReferenceLine[];
  /** Panel that carries the labels, where a figure has several; the lines go through all. @default {undefined} */
  panel?: number;
}

/** Dotted vertical lines and, above the frame, what they stand for. */
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
    panel === undefined
      ? Plot.text(labels, label)
      : Plot.text(labels.map((line) => ({ ...line, panel })), { ...label, fy: "panel" }),
  ];
}
