import type { FigureSvg } from "../../../src/figures/plot_svg.ts";
import type { FigureTheme } from "../../../src/figures/figure_theme.ts";
import { el } from "../ui/dom.ts";
import type { Store, StoreEvent } from "../state/store.ts";
import { NARROWEST_PX, onPaper } from "../ui/figure_width.ts";
import { printTheme, screenTheme } from "../ui/themes.ts";

/** Options of {@linkcode drawnFigure}. */
export interface DrawnFigureOptions {
  /** Draws the figure at a width in CSS pixels; null if the study has no data for it. */
  draw: (theme: FigureTheme, size: { width: number }) => SVGSVGElement | null;
  /**
   * Height of the figure at a width, in CSS pixels. It is reserved before drawing, so that the layout does not shift.
   */
  height: (width: number) => number;
  /** Width of the exported figure in CSS pixels. @default {431} */
  exportWidth?: number;
  /** Maximum width on the page in CSS pixels. @default {Infinity} */
  maxWidth?: number;
  /** Events that cause a redraw. @default {["view", "deviation"]} */
  on?: readonly StoreEvent[];
  /** Called with each new drawing, to add listeners. */
  drawn?: (svg: SVGSVGElement) => void;
  /** Marks the head on the head card and the heads of dropped films; called after each drawing and if they change. */
  marks?: (svg: FigureSvg) => void;
  /** Text shown if the figure cannot be drawn. @default {"The study has no data for this figure."} */
  absent?: string;
}

const waiting: (() => void)[] = [];
let idle = false;

/** Draws queued figures one at a time when the browser is idle. */
function whenIdle(work: () => void): void {
  waiting.push(work);
  if (idle) return;
  idle = true;
  const ask = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1));
  const next = () => {
    waiting.shift()?.();
    if (waiting.length) ask(next);
    else idle = false;
  };
  ask(next);
}

/** Before printing, draw all queued figures at once. */
addEventListener("beforeprint", () => {
  while (waiting.length) waiting.shift()!();
});

/**
 * A figure of src/figures on the page. It is drawn when the browser is idle, and redrawn when its data or the theme
 * change.
 */
export function drawnFigure(
  store: Store,
  { draw, height, exportWidth = 431, maxWidth = Infinity, on = ["view", "deviation"], drawn, marks, absent }:
    DrawnFigureOptions,
): { element: HTMLElement; figure: () => SVGSVGElement } {
  const element = el("div", { class: "drawn" });
  element.style.minHeight = `${Math.round(height(Math.min(maxWidth, 420)))}px`; // until the width is known
  let width = 0;
  let stale = true;
  const keepFree = () => {
    const free = `${Math.round(height(Math.min(element.clientWidth, maxWidth)))}px`;
    element.style.minHeight = free;
    element.style.containIntrinsicSize = `auto ${free}`; // keep the same height while it is off screen
  };
  const redraw = () => {
    width = element.clientWidth;
    if (width < NARROWEST_PX) return;
    stale = false;
    keepFree();
    const svg = draw(screenTheme(store.view), { width: Math.min(onPaper(width), maxWidth) });
    if (!svg) {
      element.style.minHeight = "";
      element.replaceChildren(
        el("p", { class: "quiet" }, absent ?? "The study has no data for this figure."),
      );
      return;
    }
    svg.setAttribute("aria-hidden", "true");
    element.replaceChildren(svg);
    drawn?.(svg);
    marks?.(svg as FigureSvg);
  };
  if (marks) {
    store.on(["focus", "live"], () => {
      const svg = element.querySelector<SVGSVGElement>(":scope > svg");
      if (svg) marks(svg as FigureSvg);
    });
  }
  let near = false; // figures off screen are redrawn when they become visible
  const soon = () => {
    stale = true;
    if (near || matchMedia("print").matches) redraw();
  };
  store.on(on, () => (width || matchMedia("print").matches) && soon());
  addEventListener("beforeprint", () => stale && redraw());
  new IntersectionObserver(([entry]) => {
    near = entry.isIntersecting;
    if (near && stale) redraw();
  }, { rootMargin: "400px" }).observe(element);
  new ResizeObserver(() => {
    if (element.clientWidth === width) return;
    if (element.clientWidth >= NARROWEST_PX) keepFree();
    if (width) soon();
    else whenIdle(redraw);
  }).observe(element);
  return {
    element,
    figure: () => {
      const svg = draw(printTheme(store.view), { width: exportWidth });
      if (!svg) throw new RangeError("Cannot save the figure: the study has no data for it");
      return svg;
    },
  };
}
