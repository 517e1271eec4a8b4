import type { FigureTheme } from "./figure_theme.ts";

/** Options every figure takes. */
export interface FigureOptions {
  /** The document that makes the elements: the browser's where there is one, else pass linkedom's. */
  document?: Document;
  /** Outer width in CSS pixels (96 an inch): 321, 431 and 658 for columns of 85, 114 and 174 mm. @default {640} */
  width?: number;
  /** Outer height in CSS pixels; each figure has its own default. */
  height?: number;
  /** Colours and type. @default {figureTheme()} */
  theme?: FigureTheme;
  /** Short name read out by screen readers; each figure has its own default. */
  ariaLabel?: string;
}
