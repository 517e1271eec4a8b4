import { GRADE_SYMBOLS } from "../../../src/figures/figure_theme.ts";
import type { Glyph } from "./map_points.ts";
import type { PageStudy } from "../state/page_study.ts";
import type { Store, View } from "../state/store.ts";
import { screenTheme, splitColours } from "../ui/themes.ts";

/** What the colour of the points tells: on the honest map, how far each can be trusted. */
export function colourInUse({ honest, colour }: Readonly<View>): View["colour"] {
  return honest ? "trust" : colour;
}

const quintiles = new WeakMap<PageStudy, number[]>();

/** Quintiles of the points' trustworthiness: what is little and what is much depends on the map. */
export function trustSteps(study: PageStudy): number[] {
  const known = quintiles.get(study);
  if (known) return known;
  const sorted = study.number("trustworthiness").filter(Number.isFinite).sort();
  const steps = [0.2, 0.4, 0.6, 0.8].map((share) => sorted[Math.floor(share * sorted.length)] ?? NaN);
  quintiles.set(study, steps);
  return steps;
}

/** Which glyph each head has under the colour in use. */
export function pointLook(
  { study, view, deviations }: Store,
): { glyphOf: ArrayLike<number>; glyphs: Glyph[] } {
  const theme = screenTheme(view);
  const symbol = (g: number) => GRADE_SYMBOLS[g % GRADE_SYMBOLS.length];
  const colour = colourInUse(view);
  if (colour === "split") {
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
  if (colour === "grade") {
    return { glyphOf: study.grade, glyphs: theme.grades.map((colour, g) => ({ colour, symbol: symbol(g) })) };
  }
  const values = colour === "distance" ? deviations.percentile : study.number("trustworthiness");
  const steps = colour === "distance" ? [50, 90, 95, 99] : trustSteps(study);
  const glyphOf = Array.from(values, (v, i) => steps.filter((s) => v > s).length * 5 + (study.grade[i] % 5));
  return {
    glyphOf,
    glyphs: theme.grades.flatMap((colour) => [0, 1, 2, 3, 4].map((g) => ({ colour, symbol: symbol(g) }))),
  };
}
