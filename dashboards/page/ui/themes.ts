import { type FigureTheme, figureTheme } from "../../../src/figures/figure_theme.ts";
import type { View } from "../state/store.ts";

const FONT = "Lato, Segoe UI, Helvetica Neue, Liberation Sans, Arial, sans-serif";

/** Whether the page is currently dark. */
export function isDark(view: Readonly<View>): boolean {
  if (matchMedia("print").matches) return false;
  if (view.scheme !== "auto") return view.scheme === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

/** The theme of figures on the page. */
export function screenTheme(view: Readonly<View>): FigureTheme {
  return figureTheme({
    scheme: isDark(view) ? "dark" : "light",
    palette: view.palette,
    fontSizePx: 12,
    fontFamily: FONT,
  });
}

/** The theme of exported and printed figures. */
export function printTheme(view: Readonly<View>): FigureTheme {
  return figureTheme({ scheme: "print", palette: view.palette, fontSizePx: 10.667 });
}

/** Colour of a grade; grey for a head without a grade. */
export function gradeColour(theme: FigureTheme, grade: number): string {
  return grade < 0 ? theme.muted : theme.grades[grade % theme.grades.length];
}

/** Colours of the three subsets of the split. */
export function splitColours(theme: FigureTheme): Record<string, string> {
  return { train: theme.muted, validation: theme.grades[1], "held-out": theme.accent };
}
