import { trustOf } from "../state/trust_of.ts";
import { mixColours } from "../../../src/figures/contrast_ink.ts";
import { type FigureTheme, GRADE_SYMBOLS } from "../../../src/figures/figure_theme.ts";
import { quantile } from "../../../src/array/quantile.ts";
import type { Glyph } from "./map_points.ts";
import type { Colour, Store, View } from "../state/store.ts";
import { gradeColour, isDark, screenTheme, splitColours } from "../ui/themes.ts";

/** Variable shown by the colour of the points; with map errors switched on, the trustworthiness. */
export function colourInUse({ honest, colour }: Readonly<View>): Colour {
  return honest ? "trust" : colour;
}

/** Colour scale of a column: the colours, their labels, and the index of each head's colour. */
export interface ColourScale {
  readonly colours: readonly string[];
  /** One label per colour; for a ramp, only its two ends. */
  readonly names: readonly string[];
  readonly ramp: boolean;
  readonly indexOf: ArrayLike<number>; // [n]
}

/** Variables that are columns of text, and the names of the columns. */
const TEXTS: Partial<Record<Colour, string>> = { side: "side", site: "site", sex: "sex" };
const MOST_CATEGORIES = 6;
const RAMP_STEPS = 8;

/** The current colour scale; null if colours show the grade. */
export function colourScale(
  store: Store,
  theme: FigureTheme = screenTheme(store.view),
  { dark = isDark(store.view) } = {},
): ColourScale | null {
  const { study, view, deviations } = store;
  const colour = colourInUse(view);
  if (colour === "grade") return null;
  if (colour === "split") {
    const colours = splitColours(theme), names = Object.keys(colours);
    return {
      colours: Object.values(colours),
      names,
      ramp: false,
      indexOf: study.text("split").map((split) => Math.max(0, names.indexOf(split))),
    };
  }
  if (colour === "predicted") {
    const predicted = study.number("predicted_grade");
    return {
      colours: [...theme.grades.slice(0, 5), theme.muted],
      names: [...[0, 1, 2, 3, 4].map((grade) => `resembles grade ${grade}`), "not staged"],
      ramp: false,
      indexOf: predicted.map((grade) => (grade >= 0 && grade <= 4 ? grade : 5)),
    };
  }
  if (colour === "distance") {
    const steps = [50, 90, 95, 99];
    return {
      colours: theme.grades.slice(0, 5),
      names: ["to 50th percentile", "to 90th", "to 95th", "to 99th", "beyond"],
      ramp: false,
      indexOf: deviations.percentile.map((v) => steps.filter((step) => v > step).length),
    };
  }
  const text = TEXTS[colour];
  if (text) return categories(study.text(text), theme);
  const numbers = colour === "trust" ? trustOf(store) : study.number(colour);
  return ramp(numbers, { dark, missing: theme.muted, decimals: colour === "age" ? 0 : 2 });
}

/** One categorical colour for each of the most frequent values, and grey for all other and missing values. */
function categories(values: readonly string[], theme: FigureTheme): ColourScale {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const names = [...counts].filter(([name]) => name !== "").sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const frequent = names.slice(0, MOST_CATEGORIES).sort();
  return {
    colours: [...CATEGORY_COLOURS.slice(0, frequent.length), theme.muted],
    names: [...frequent, names.length > frequent.length ? "others" : "not known"],
    ramp: false,
    indexOf: values.map((value) => frequent.includes(value) ? frequent.indexOf(value) : frequent.length),
  };
}

// Okabe and Ito 2008.
const CATEGORY_COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9"];
const RAMPS = {
  light: ["#a9c6dc", "#3d84b4", "#0a2a5c"],
  dark: ["#31506d", "#5fa3c9", "#e8f3c4"],
} as const;

/** Colours of a ramp from low to high values: light to dark on a light page, dark to light on a dark one. */
export function rampColours({ dark, steps }: { dark: boolean; steps: number }): string[] {
  const [low, middle, high] = RAMPS[dark ? "dark" : "light"];
  return Array.from({ length: steps }, (_, k) => {
    const t = k / (steps - 1);
    return t < 0.5 ? mixColours(low, middle, 2 * t) : mixColours(middle, high, 2 * t - 1);
  });
}

/** A ramp that is linear between the 1st and the 99th percentile of the values. */
function ramp(
  values: Float64Array,
  { dark, missing, decimals }: { dark: boolean; missing: string; decimals: number },
): ColourScale {
  const known = values.filter((v) => Number.isFinite(v));
  if (known.length === 0) {
    return { colours: [missing], names: ["not known"], ramp: false, indexOf: new Uint8Array(values.length) };
  }
  const [from, to] = [quantile(known, 0.01), quantile(known, 0.99)];
  const colours = rampColours({ dark, steps: RAMP_STEPS });
  const step = (v: number) =>
    Math.max(0, Math.min(RAMP_STEPS - 1, Math.floor(((v - from) / (to - from || 1)) * RAMP_STEPS)));
  return {
    colours: [...colours, missing],
    names: [from.toFixed(decimals), to.toFixed(decimals)],
    ramp: true,
    indexOf: Array.from(values, (v) => (Number.isFinite(v) ? step(v) : RAMP_STEPS)),
  };
}

/**
 * All glyphs and the index of each head's glyph: shape by grade (a cross if ungraded), colour by the selected variable.
 */
export function pointLook(store: Store): { glyphOf: ArrayLike<number>; glyphs: Glyph[] } {
  const { study, view } = store;
  const theme = screenTheme(view);
  const shapes = GRADE_SYMBOLS.length; // and one for heads without a grade
  const shapeOf = (grade: number) => (grade < 0 ? shapes : grade % shapes);
  const symbol = (s: number): Glyph["symbol"] => (s === shapes ? "cross" : GRADE_SYMBOLS[s]);
  const all = Array.from({ length: shapes + 1 }, (_, s) => s);
  const scale = colourScale(store, theme);
  if (!scale) {
    return {
      glyphOf: Array.from(study.grade, shapeOf),
      glyphs: all.map((s) => ({ colour: gradeColour(theme, s === shapes ? -1 : s), symbol: symbol(s) })),
    };
  }
  return {
    glyphOf: Array.from(study.grade, (grade, i) => scale.indexOf[i] * all.length + shapeOf(grade)),
    glyphs: scale.colours.flatMap((colour) => all.map((s) => ({ colour, symbol: symbol(s) }))),
  };
}
