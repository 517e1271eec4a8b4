import * as Plot from "@observablehq/plot";
import { type FigureTheme, GRADE_SYMBOLS } from "./figure_theme.ts";

/** Where the key stands, from the top left of the frame. */
export interface GradeKeyOptions {
  theme: FigureTheme;
  /** @default {6} */
  dx?: number;
  /** @default {-14} */
  dy?: number;
  /** Room for the whole row; entries move together where it is short. @default {Infinity} */
  room?: number;
}

/** Symbol, colour and name of every grade in one row: a legend that stays inside the one SVG. */
export function gradeKey(
  grades: readonly number[],
  { theme, dx = 6, dy = -14, room = Infinity }: GradeKeyOptions,
): Plot.Markish[] {
  const step = Math.min(theme.fontSizePx * 5.6, (room - dx) / grades.length);
  return grades.flatMap((grade, i) => {
    const at = { frameAnchor: "top-left" as const, dx: dx + step * i, dy };
    const symbol = GRADE_SYMBOLS[grade % GRADE_SYMBOLS.length];
    return [
      Plot.dot([0], { ...at, symbol, r: 4, fill: theme.grades[grade % theme.grades.length] }),
      Plot.text([`grade ${grade}`], {
        ...at,
        dx: at.dx + 8,
        textAnchor: "start",
        lineAnchor: "middle",
        fill: theme.muted,
      }),
    ];
  });
}
