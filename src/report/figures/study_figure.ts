import type { FigureOptions } from "../../figures/figure_options.ts";

/** One figure of a study: drawing function, source data, caption and alternative text. */
export interface StudyFigure {
  /** File name without extension. */
  readonly name: string;
  /** Caption, without the figure's number. */
  readonly caption: string;
  /** Alternative text for readers who cannot see the figure. */
  readonly alt: string;
  /** Source data, one plain object per row. */
  readonly rows: readonly Record<string, unknown>[];
  /** Draws the figure at the given size and theme. */
  draw(options: FigureOptions): SVGSVGElement;
}
