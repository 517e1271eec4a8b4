import type { FigureSvg } from "../../../src/figures/plot_svg.ts";
import type { FigureTheme } from "../../../src/figures/figure_theme.ts";
import { el } from "../ui/dom.ts";
import type { Store, StoreEvent } from "../state/store.ts";
import { NARROWEST_PX, onPaper } from "../ui/figure_width.ts";
import { printTheme, screenTheme } from "../ui/themes.ts";

/** Choices of {@linkcode drawnFigure}. */
export interface DrawnFigureOptions {
  /** Draws at a width; null where the study has nothing to draw. */
  draw: (theme: FigureTheme, size: { width: number }) => SVGSVGElement | null;
  /** The figure's height at a width: kept free before it is drawn, so that nothing on the page moves when it is. */
  height: (width: number) => number;
  /** Width of the exported figure in CSS pixels. @default {431} */
  exportWidth?: number;
  /** Widest on the page. @default {Infinity} */
  maxWidth?: number;
  /** What makes it draw again. @default {["view", "deviation"]} */
  on?: readonly StoreEvent[];
  /** Called with each new drawing, to add listeners. */
  drawn?: (svg: SVGSVGElement) => void;
  /** Points at the head on the card and at dropped ones; called after each drawing and when they change. */
  marks?: (svg: FigureSvg) => void;
  /** In place of a figure that cannot be drawn. @default {"The study has no data for this figure."} */
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

/** A figure of src/figures on the page: drawn when there is time, again when its data or the theme change. */
export function drawnFigure(
  store: Store,
  { draw, height, exportWidth = 431, maxWidth = Infinity, on = ["view", "deviation"], drawn, marks, absent }:
    DrawnFigureOptions,
): { element: HTMLElement; figure: () => SVGSVGElement } {
  const element = el("div", { class: "drawn" });
  element.style.minHeight = `${Math.round(height(Math.min(maxWidth, 420)))}px`; // until its width is known
  let width = 0;
  let stale = true;
  const keepFree = () => {
    const free = `${Math.round(height(Math.min(element.clientWidth, maxWidth)))}px`;
    element.style.minHeight = free;
    element.style.containIntrinsicSize = `auto ${free}`; // and as much while it is out of sight
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
  let near = false; // figures out of sight are drawn again when they come into it
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
