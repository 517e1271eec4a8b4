import * as Plot from "@observablehq/plot";
import type { FigureTheme } from "./figure_theme.ts";

/** Colour legend: swatches and names in one row that starts `dx` and `dy` pixels from the frame's upper left corner. */
export function colourLegend(
  entries: readonly (readonly [name: string, colour: string])[],
  { theme, dx, dy = -14 }: { theme: FigureTheme; dx: number; dy?: number },
): Plot.Markish[] {
  const { fontSizePx } = theme;
  let at = dx;
  return entries.flatMap(([name, colour]) => {
    const here = at;
    at += 16 + 0.56 * fontSizePx * name.length + fontSizePx;
    return [
      Plot.dot([0], { frameAnchor: "top-left", dx: here, dy, symbol: "square", r: 4, fill: colour }),
      Plot.text([name], {
        ...{ frameAnchor: "top-left", dx: here + 9, dy, textAnchor: "start" } as const,
        ...{ lineAnchor: "middle", fill: theme.muted } as const,
      }),
    ];
  });
}
