import type { FigureOptions } from "./figure_options.ts";
import { type FigureSvg, themeOf } from "./plot_svg.ts";

/** Space above each panel for its letter, in lines of text, and between panels, in pixels. */
const LETTER_LINES = 1.5, GAP_PX = 8;

/**
 * Stacks figures of the same width as the lettered panels (a, b, ...) of one figure.
 *
 * @throws {RangeError} if there is no panel.
 */
export function stackFigures(panels: readonly SVGSVGElement[], options: FigureOptions = {}): FigureSvg {
  if (panels.length === 0) throw new RangeError("Cannot stack figures: at least one is needed, got none");
  const { width = 640, ariaLabel } = options;
  const { fontFamily, fontSizePx, ink } = themeOf(options);
  const make = (name: string) => panels[0].ownerDocument.createElementNS(NAMESPACE, name);
  const stack = make("svg");
  let top = 0;
  for (const [k, panel] of panels.entries()) {
    const letter = make("text");
    letter.textContent = String.fromCharCode(97 + k);
    const text = { x: 0, y: top + fontSizePx, "font-weight": 700, "font-size": `${fontSizePx}px` };
    for (const [name, value] of Object.entries({ ...text, "font-family": fontFamily, fill: ink })) {
      letter.setAttribute(name, String(value));
    }
    top += LETTER_LINES * fontSizePx;
    panel.setAttribute("x", "0");
    panel.setAttribute("y", String(top));
    for (const name of ["role", "aria-label", "xmlns"]) panel.removeAttribute(name);
    stack.append(letter, panel);
    top += Number.parseFloat(panel.getAttribute("height") ?? "") + GAP_PX;
  }
  const height = top - GAP_PX;
  const outer = { xmlns: NAMESPACE, width, height, viewBox: `0 0 ${width} ${height}`, role: "img" };
  for (const [name, value] of Object.entries(outer)) stack.setAttribute(name, String(value));
  if (ariaLabel) stack.setAttribute("aria-label", ariaLabel);
  return stack as unknown as FigureSvg;
}

const NAMESPACE = "http://www.w3.org/2000/svg";
