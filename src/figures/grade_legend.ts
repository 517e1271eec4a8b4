import * as Plot from "@observablehq/plot";
import { type FigureTheme, GRADE_SYMBOLS } from "./figure_theme.ts";

/** Position and style of the legend. */
export interface GradeLegendOptions {
  theme: FigureTheme;
  /** Horizontal offset from the left of the frame, in pixels. @default {6} */
  dx?: number;
  /** Vertical offset from the top of the frame, in pixels. @default {-14} */
  dy?: number;
  /** Grey symbols, for a figure whose colours encode something other than the grade. @default {false} */
  plain?: boolean;
}

/**
 * Legend of the grades in one row (symbol, colour, number), inside the figure's SVG and narrow enough for one column of
 * a journal.
 */
export function gradeLegend(
  grades: readonly number[],
  { theme, dx = 6, dy = -14, plain = false }: GradeLegendOptions,
): Plot.Markish[] {
  const { fontSizePx } = theme;
  const start = dx + 4.2 * fontSizePx, step = 2.7 * fontSizePx;
  const words = { frameAnchor: "top-left", dy, textAnchor: "start", lineAnchor: "middle", fill: theme.muted };
  return [
    Plot.text(["grade"], { ...words, dx: dx - 4 } as Plot.TextOptions),
    ...grades.flatMap((grade, i) => {
      const at = start + step * i;
      return [
        Plot.dot([0], {
          frameAnchor: "top-left",
          dx: at,
          dy,
          symbol: GRADE_SYMBOLS[grade % GRADE_SYMBOLS.length],
          r: 4,
          fill: plain ? theme.muted : theme.grades[grade % theme.grades.length],
        }),
        Plot.text([String(grade)], { ...words, dx: at + 8 } as Plot.TextOptions),
      ];
    }),
  ];
}
