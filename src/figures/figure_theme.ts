/**
 * Colours and fonts of a figure; page, notebook and print use the same definition. Colours are CSS colours without
 * variables.
 */
export interface FigureTheme {
  /** Text and axis lines. */
  readonly ink: string;
  /** Secondary text. */
  readonly muted: string;
  /** Thin lines and grids. */
  readonly rule: string;
  /** Background; also used for halos around text and gaps between cells. */
  readonly paper: string;
  /** Colour of selections and emphasis. */
  readonly accent: string;
  /** One colour per grade, in order. */
  readonly grades: readonly string[];
  /** Four colours, the most conspicuous first: p < 0.001, < 0.01, < 0.05, not significant. */
  readonly significance: readonly string[];
  /** Colours of effects from -1 to +1: low, zero, high. */
  readonly diverging: readonly [string, string, string];
  /** CSS font family. */
  readonly fontFamily: string;
  /** Font size in CSS pixels. */
  readonly fontSizePx: number;
}

/** Options of {@linkcode figureTheme}. */
export interface FigureThemeOptions {
  /** For a light or a dark page, or for print (black text on white). @default {"light"} */
  scheme?: "light" | "dark" | "print";
  /**
   * `ramp`: colours become darker with the grade (lighter in the dark scheme); `okabe-ito`: categorical colours that
   * stay distinct with colour blindness. @default {"ramp"}
   */
  palette?: "ramp" | "okabe-ito";
  /** Font size in CSS pixels (96 per inch); 10.67 is 8 pt. @default {11} */
  fontSizePx?: number;
  /** CSS font list. @default {"Helvetica Neue, Liberation Sans, Arial, sans-serif"} */
  fontFamily?: string;
}

/** One Plot symbol per grade, so that colour is never the only distinction. */
export const GRADE_SYMBOLS = ["circle", "square", "triangle", "diamond", "star"] as const;

// The ramps are monotonic in lightness, so grades keep their order in greyscale print.
const RAMP_LIGHT = ["#7f95ab", "#c8811a", "#c0491f", "#8f1d48", "#3c0c46"];
const RAMP_DARK = ["#66798c", "#b5613a", "#d9813d", "#edb05a", "#fbe6a6"];
// Okabe and Ito 2008, Color Universal Design: sky blue, orange, bluish green, vermilion, reddish purple.
const OKABE_ITO = ["#56b4e9", "#e69f00", "#009e73", "#d55e00", "#cc79a7"];

const GROUND = {
  light: { ink: "#1d232b", muted: "#5c6670", rule: "#d9dce0", paper: "#ffffff", accent: "#1f5fa8" },
  dark: { ink: "#e6e8eb", muted: "#a3abb5", rule: "#3a424c", paper: "#14181d", accent: "#7ab4f5" },
  print: { ink: "#000000", muted: "#444444", rule: "#cccccc", paper: "#ffffff", accent: "#1f5fa8" },
};

/** Creates the theme for a background and a palette. */
export function figureTheme(
  {
    scheme = "light",
    palette = "ramp",
    fontSizePx = 11,
    fontFamily = "Helvetica Neue, Liberation Sans, Arial, sans-serif",
  }: FigureThemeOptions = {},
): FigureTheme {
  const dark = scheme === "dark";
  return {
    ...GROUND[scheme],
    grades: palette === "okabe-ito" ? OKABE_ITO : dark ? RAMP_DARK : RAMP_LIGHT,
    significance: dark
      ? ["#7ab4f5", "#4d81b8", "#2f547c", "#20262d"]
      : ["#1f5fa8", "#6d9ccd", "#bdd3ea", "#f1f2f4"],
    diverging: dark ? ["#58a3a0", "#20262d", "#d58a5c"] : ["#2b7f86", "#f4f3f0", "#b9581f"],
    fontSizePx,
    fontFamily,
  };
}
