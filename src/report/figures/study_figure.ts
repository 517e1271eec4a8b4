import type { FigureOptions } from "../../figures/figure_options.ts";

/** One figure of the publication set: how to draw it, the rows behind it, and its words. */
export interface StudyFigure {
  /** File name without ending. */
  readonly name: string;
  /** The caption. */
  readonly caption: string;
  /** Alternative text. */
  readonly alt: string;
  /** Source data, one plain object a row. */
  readonly rows: readonly Record<string, unknown>[];
  /** Draws the figure. */
  draw(options: FigureOptions): SVGSVGElement;
}
