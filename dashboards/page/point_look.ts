import { GRADE_SYMBOLS } from "../../src/figures/figure_theme.ts";
import type { Glyph } from "./map_points.ts";
import type { Store } from "./store.ts";
import { screenTheme, splitColours } from "./themes.ts";

/** Which glyph each head has under the colour in use. */
export function pointLook(
  { study, view, deviations }: Store,
): { glyphOf: ArrayLike<number>; glyphs: Glyph[] } {
  const theme = screenTheme(view);
  const symbol = (g: number) => GRADE_SYMBOLS[g % GRADE_SYMBOLS.length];
  if (view.colour === "split") {
    const colours = splitColours(theme);
    const names = Object.keys(colours);
    return {
      glyphOf: study.text("split").map((split, i) =>
        Math.max(0, names.indexOf(split)) * 5 + (study.grade[i] % 5)
      ),
      glyphs: names.flatMap((name) =>
        [0, 1, 2, 3, 4].map((g) => ({ colour: colours[name], symbol: symbol(g) }))
      ),
    };
  }
  if (view.colour === "grade") {
    return { glyphOf: study.grade, glyphs: theme.grades.map((colour, g) => ({ colour, symbol: symbol(g) })) };
  }
  const values = view.colour === "distance"
    ? deviations.percentile
    : study.number("trustworthiness").map((t) => 100 * t);
  const steps = view.colour === "distance" ? [50, 90, 95, 99] : [80, 90, 95, 98];
  const glyphOf = Array.from(values, (v, i) => steps.filter((s) => v > s).length * 5 + (study.grade[i] % 5));
  return {
    glyphOf,
    glyphs: theme.grades.flatMap((colour) => [0, 1, 2, 3, 4].map((g) => ({ colour, symbol: symbol(g) }))),
  };
}
