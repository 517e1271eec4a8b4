import type { FigureTheme } from "./figure_theme.ts";

/** Selects which of the items (for example, the heads of one grade) are drawn, so that the file of a figure of many heads is not too large. */
export type Thin = <T>(items: readonly T[]) => readonly T[];

/** Options of every figure. */
export interface FigureOptions {
  /**
   * Document that creates the elements. Outside a browser, pass one, for example from linkedom. @default the browser's
   */
  document?: Document;
  /** Outer width in CSS pixels (96 per inch): 321, 431 and 658 for columns of 85, 114 and 174 mm. @default {640} */
  width?: number;
  /** Outer height in CSS pixels; each figure has its own default. */
  height?: number;
  /** Colours and fonts. @default {figureTheme()} */
  theme?: FigureTheme;
  /** Short name for screen readers; each figure has its own default. */
  ariaLabel?: string;
}
