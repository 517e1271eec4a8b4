import * as Plot from "@observablehq/plot";
import { type FigureTheme, figureTheme } from "./figure_theme.ts";
import type { FigureOptions } from "./figure_options.ts";

/** A scale of a finished figure, to convert between data and pixels. */
export interface FigureScale {
  /** Data values at both ends, or all values of an ordinal scale. */
  // deno-lint-ignore no-explicit-any
  readonly domain?: readonly any[];
  /** Pixel positions of both ends. */
  // deno-lint-ignore no-explicit-any
  readonly range?: readonly any[];
  /** Converts a data value to pixels. */
  // deno-lint-ignore no-explicit-any
  apply(value: any): any;
  /** Converts pixels to a data value. */
  // deno-lint-ignore no-explicit-any
  invert?(value: any): any;
  /** Width of a band in pixels. */
  readonly bandwidth?: number;
}

/** An SVG element of Observable Plot, with access to the figure's scales. */
export type FigureSvg = SVGSVGElement & {
  /** The scale of an axis or channel, or undefined if the figure has none of that name. */
  scale(name: string): FigureScale | undefined;
};

/**
 * Draws a Plot specification in the common style and returns a self-contained `<svg>`.
 *
 * @throws {TypeError} if Plot returns another element, as for a specification with a legend or a title.
 */
export function plotSvg(
  spec: Plot.PlotOptions,
  { document, width = 640, height, theme = figureTheme(), ariaLabel }: FigureOptions,
): FigureSvg {
  const svg = Plot.plot({
    ...spec,
    ...(spec.x?.label && spec.x.axis !== "top"
      ? { x: { labelOffset: labelOffset(spec, theme.fontSizePx), ...spec.x } }
      : {}),
    ...(document ? { document } : {}),
    width,
    height: height ?? spec.height,
    style: {
      fontFamily: theme.fontFamily,
      fontSize: `${theme.fontSizePx}px`,
      color: theme.ink,
      background: "transparent",
      overflow: "visible",
    },
  });
  if (svg.localName !== "svg") throw new TypeError(`A figure must be one svg, got ${svg.localName}`);
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  // Plot sets its font in attributes; viewers without CSS would use it, so replace it.
  svg.setAttribute("font-family", theme.fontFamily);
  svg.setAttribute("font-size", String(theme.fontSizePx));
  svg.setAttribute("role", "img");
  if (ariaLabel) svg.setAttribute("aria-label", ariaLabel);
  return svg as FigureSvg;
}

/** Distance of the horizontal axis title from the axis, with room for descenders between it and the figure's edge. */
function labelOffset({ marginBottom, margin = 30 }: Plot.PlotOptions, fontSizePx: number): number {
  return (marginBottom ?? margin) - Math.ceil(0.45 * fontSizePx);
}

/** The theme of a figure. */
export function themeOf(options: FigureOptions): FigureTheme {
  return options.theme ?? figureTheme();
}
