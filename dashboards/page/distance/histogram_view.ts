import { referenceLines } from "../state/reference_lines.ts";
import { markAlong } from "../chart/head_marks.ts";
import { measureAxis, measureWord } from "../state/measures.ts";
import { binEdges, binIndex, isInPanel, type Panel } from "../../../src/figures/bin_distances.ts";
import { deviationByGrade } from "../../../src/figures/deviation_by_grade.ts";
import type { FigureSvg } from "../../../src/figures/plot_svg.ts";
import type { FigureTheme } from "../../../src/figures/figure_theme.ts";
import { el, setAttributes, svgEl } from "../ui/dom.ts";
import { NARROWEST_PX, onPaper } from "../ui/figure_width.ts";
import { selectRange } from "./range_fields.ts";
import type { Store } from "../state/store.ts";
import { gradeColour, printTheme, screenTheme } from "../ui/themes.ts";

/** Histograms of the measure shown by grade, with the selection filled in; a drag along the axis selects a range. */
export function histogramView(store: Store): { element: HTMLElement; figure: () => SVGSVGElement } {
  const { study } = store;
  const element = el("div", { class: "histogram" });
  let svg: FigureSvg | null = null;
  let bars: { rect: SVGRectElement; panel: number; bar: number; full: number; height: number }[] = [];
  let range: SVGRectElement;
  let barOf = new Int16Array(study.n);
  let panelOf = new Int16Array(study.n);
  let panels: Panel[] = [];
  let edges = new Float64Array(2);

  function draw(): void {
    panels = panelsOf(store);
    const high = store.view.layout === "panels" ? 50 * panels.length + 66 : 300;
    element.style.minHeight = `${high}px`; // reserve the figure's height so that nothing moves when it is drawn
    if (element.clientWidth < NARROWEST_PX) return; // not laid out yet
    edges = edgesOf(store);
    const rows = rowsOf(store);
    barOf = Int16Array.from(rows, (row) => binIndex(edges, row.distance));
    panelOf = Int16Array.from(rows, (row) => panels.findIndex((panel) => isInPanel(row, panel)));
    svg = deviationByGrade(rows, {
      ...optionsOf(store, { theme: screenTheme(store.view), width: onPaper(element.clientWidth) }),
      panels,
      edges,
    });
    svg.classList.add("base");
    svg.setAttribute("aria-hidden", "true");
    element.replaceChildren(svg);
    bars = store.view.layout === "panels" ? selectedBars(svg) : [];
    range = svgEl("rect", {
      class: "band",
      visibility: "hidden",
      y: 0,
      height: Number(svg.getAttribute("height")) - 34,
    });
    svg.append(range);
    showSelection();
    markAlong(store, svg, "x");
  }

  /** One overlay bar per bar of the figure, with height 0 at first; it grows upwards from the baseline. */
  function selectedBars(figure: FigureSvg) {
    const x = figure.scale("x")!;
    const y = figure.scale("y")!;
    const fy = figure.scale("fy")!;
    const theme = screenTheme(store.view);
    const [y0, y1] = y.range as [number, number];
    const unit = (y0 - y1) / ((y.domain as number[])[1] - (y.domain as number[])[0]);
    const first = figure.querySelector("g[aria-label='rect'] g")?.getAttribute("transform") ?? "";
    const shift = Number(first.match(/,([\d.]+)/)?.[1] ?? 0) - fy.apply(0); // offset that Plot gives to its facets
    return panels.flatMap((panel, k) => {
      const group = svgEl("g", {
        class: "selected",
        transform: `translate(0,${fy.apply(k) + y0 + shift}) scale(1,-1)`,
      });
      figure.append(group);
      return Array.from({ length: edges.length - 1 }, (_, bar) => {
        const [left, right] = [x.apply(edges[bar]), x.apply(edges[bar + 1])];
        const width = Math.max(0.5, right - left - 0.6);
        const rect = svgEl("rect", {
          x: left,
          y: 0,
          width,
          height: 0,
          fill: gradeColour(theme, panel.grade),
        });
        group.append(rect);
        return { rect, panel: k, bar, full: unit, height: 0 };
      });
    });
  }

  const counts = new Float64Array(16 * 64);
  function showSelection(): void {
    const chosen = store.selection;
    svg?.classList.toggle("faint", chosen !== null && bars.length > 0);
    if (!bars.length) return;
    const perPanel = edges.length - 1;
    counts.fill(0);
    const totals = new Float64Array(panels.length);
    for (let i = 0; i < study.n; i++) {
      if (panelOf[i] < 0) continue;
      totals[panelOf[i]]++;
      if (chosen?.[i]) counts[panelOf[i] * perPanel + barOf[i]]++;
    }
    for (const one of bars) {
      const height = (counts[one.panel * perPanel + one.bar] / (totals[one.panel] || 1)) * one.full;
      if (one.height === height) continue;
      one.height = height;
      one.rect.setAttribute("height", String(height));
    }
  }

  listenToRange(element, {
    toDistance: (px) => Number(svg?.scale("x")?.invert?.(px)),
    drawn(from, to) {
      const [low, high] = [Math.min(from, to), Math.max(from, to)];
      const x = svg!.scale("x")!;
      range.setAttribute("visibility", "visible");
      range.setAttribute("x", String(x.apply(low)));
      range.setAttribute("width", String(x.apply(high) - x.apply(low)));
      selectRange(store, [low, high]);
    },
    cleared: () => store.select(null),
  });
  store.on("selection", () => {
    if (range && !store.selectedBy.startsWith(measureWord(store))) {
      setAttributes(range, { visibility: "hidden" });
    }
    showSelection();
  });
  store.on(["view", "deviation"], draw);
  store.on(["focus", "live"], () => svg && markAlong(store, svg, "x"));
  draw();
  new ResizeObserver(draw).observe(element);
  const figure = () =>
    deviationByGrade(rowsOf(store), {
      ...optionsOf(store, { theme: printTheme(store.view), width: 431 }),
      panels: panelsOf(store),
      edges: edgesOf(store),
    });
  return { element, figure };
}

/** Edges of the bars; their range includes the lines at the percentiles of healthy heads. */
function edgesOf(store: Store): Float64Array<ArrayBuffer> {
  const marks = referenceLines(store).map((line) => line.value);
  const values = [...store.deviations.value, ...marks].filter((v) => Number.isFinite(v));
  return binEdges(values, { bins: 40, log: logAxis(store) }) as Float64Array<ArrayBuffer>;
}

/**
 * Every head with its grade, subset of the split ("hidden" if it is not shown) and value of the measure shown (as
 * `distance`).
 */
export function rowsOf({ study, deviations, shown }: Store) {
  const split = study.text("split");
  return Array.from(
    study.grade,
    (grade, i) => ({ grade, split: shown[i] ? split[i] : "hidden", distance: deviations.value[i] }),
  );
}

/**
 * Panels: grade 0 by subset, so that training heads are not mistaken for the reference; the other grades not divided.
 */
export function panelsOf({ study, view }: Store): Panel[] {
  const present = new Set(study.text("split").filter((_, i) => study.grade[i] === 0));
  const ungraded = study.grade.some((grade) => grade < 0) ? [{ label: "ungraded", grade: -1 }] : [];
  return [
    ...study.grades.flatMap((grade) => {
      if (grade > 0) return [{ label: `grade ${grade}`, grade }];
      const splits = view.splits.split(",").filter((split) => present.has(split));
      return splits.length && present.size > 1
        ? splits.map((split) => ({ label: `grade 0, ${split}`, grade, split }))
        : [{ label: "grade 0", grade }];
    }),
    ...ungraded,
  ];
}

/** Whether the axis is logarithmic: only on request, and only for the distance. */
export function logAxis({ view, deviations }: Store): boolean {
  return view.log && deviations.measure === "distance";
}

function optionsOf(store: Store, { theme, width }: { theme: FigureTheme; width: number }) {
  return {
    theme,
    width,
    log: logAxis(store),
    label: measureAxis(store),
    layout: store.view.layout,
    references: referenceLines(store),
  };
}

interface RangeGestures {
  toDistance(px: number): number;
  drawn(from: number, to: number): void;
  cleared(): void;
}

function listenToRange(element: HTMLElement, { toDistance, drawn, cleared }: RangeGestures): void {
  let from: number | null = null;
  let startPx = 0;
  const px = (event: PointerEvent) => event.clientX - element.getBoundingClientRect().left;
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    startPx = px(event);
    from = toDistance(startPx);
  });
  element.addEventListener("pointermove", (event) => {
    if (from !== null && Math.abs(px(event) - startPx) > 3) drawn(from, toDistance(px(event)));
  });
  element.addEventListener("pointerup", (event) => {
    if (from !== null && Math.abs(px(event) - startPx) <= 3) cleared();
    from = null;
  });
  element.addEventListener("pointercancel", () => (from = null));
}
