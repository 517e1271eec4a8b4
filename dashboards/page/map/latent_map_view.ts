import { MANY_HEADS } from "../../many_heads.ts";
import { describeHead } from "../ui/describe_head.ts";
import { el, setAttributes, svgEl } from "../ui/dom.ts";
import { CELL_PX, type DensityGrid, densityGrid, headsAt } from "./density_grid.ts";
import { drawDensity } from "./draw_density.ts";
import { gradeOrder } from "./grade_order.ts";
import { hoverCard } from "./hover_card.ts";
import { flagInside, listenToGestures, nearestPoint, nextInDirection, type Place } from "./map_gestures.ts";
import {
  mapGeometry,
  WHOLE_MAP,
  type Zoom,
  zoomAbout,
  zoomToBox,
  zoomToData,
} from "../state/map_geometry.ts";
import { drawLayers, neighbourLines } from "./map_layers.ts";
import { count } from "../ui/format.ts";
import { drawPoints, type PointDrawing } from "../ui/map_points.ts";
import { isDark } from "../ui/themes.ts";
import type { Store } from "../state/store.ts";
import { pointLook } from "../ui/point_look.ts";
import { mapLegend } from "./map_legend.ts";
import { mapErrorNote, mapToolbar } from "./map_toolbar.ts";
import { selectGrade } from "../state/select_grade.ts";

/**
 * The map: points on two canvases (all points, and the selected points above them), lines in an SVG, and a cursor that
 * the arrow keys move from head to head. While more than MANY_HEADS heads are visible, the canvases show the number of
 * heads per cell.
 */
export function latentMapView(store: Store): HTMLElement {
  const { study } = store;
  const below = el("canvas", { class: "below" });
  const above = el("canvas", { class: "above" });
  const lines = svgEl("svg", { class: "lines", "aria-hidden": "true" });
  const band = svgEl("path", { class: "band" });
  const near = svgEl("g", {});
  const ring = svgEl("circle", { class: "ring", r: 8, visibility: "hidden" });
  const card = hoverCard(store);
  const surface = el(
    "div",
    {
      class: "map-surface",
      tabindex: 0,
      role: "application",
      "aria-roledescription": "data cursor",
    },
    below,
    above,
    lines,
    card.element,
  );
  const xs = new Float32Array(study.n); // screen positions
  const ys = new Float32Array(study.n);
  let corners: Place[] = [];
  let drawing: Omit<PointDrawing, "flags" | "opacity"> | null = null; // kept while only the selection changes
  let density: DensityGrid | null = null; // of all shown heads, while too many are visible to draw points
  const order = gradeOrder(study.grade);
  const legend = mapLegend(store);
  let spoken = "";
  surface.setAttribute("aria-label", `Latent map of ${study.n} heads. ${KEYS}`);
  const size = () => ({ widthPx: surface.clientWidth, heightPx: surface.clientHeight });
  const geometry = () => {
    const whole = mapGeometry(axes(store), size());
    return store.zoom ? mapGeometry(axes(store), { ...size(), zoom: zoomToBox(store.zoom, whole) }) : whole;
  };
  /** Changes the zoom in pixels of the box and writes it back to the store, which redraws once per frame. */
  function changeZoom(change: (zoom: Zoom) => Zoom): void {
    const whole = mapGeometry(axes(store), size());
    const zoom = change(store.zoom ? zoomToBox(store.zoom, whole) : WHOLE_MAP);
    setBand([]);
    store.setZoom(zoomToData(mapGeometry(axes(store), { ...size(), zoom })));
  }

  function draw(): void {
    if (!surface.clientWidth) return;
    const g = geometry();
    const { xs: dx, ys: dy } = axes(store);
    const [x0, y0] = g.toScreen(0, 0), [x1, y1] = g.toScreen(1, 1); // two points suffice: the conversion is linear
    for (let i = 0; i < study.n; i++) {
      xs[i] = x0 + (x1 - x0) * dx[i];
      ys[i] = y0 + (y1 - y0) * dy[i];
    }
    drawing = null;
    countInView();
    drawBelow();
    drawAbove();
    setAttributes(lines, { viewBox: `0 0 ${g.widthPx} ${g.heightPx}` });
    lines.replaceChildren(...drawLayers(store, { xs, ys, geometry: g }), near, band, ring);
    placeRing();
  }
  /** Counts the visible heads and decides whether they are drawn as densities or as points. */
  function countInView(): void {
    if (study.n <= MANY_HEADS) return;
    const grid = densityGrid({ xs, ys }, { flags: store.shown, ...size() });
    const next = grid.heads > MANY_HEADS ? grid : null;
    const words = viewWords(next, grid.heads);
    if (words !== spoken && spoken) store.say(words);
    spoken = words;
    density = next;
    surface.setAttribute("aria-label", `${words}. ${KEYS}${next ? ` ${DENSE_KEYS}` : ""}`);
    legend.follow({ grid: next, heads: grid.heads });
  }
  const look = () =>
    drawing ??= {
      ...{ x: xs, y: ys, ...pointLook(store), order: inView() },
      ...{ ...size(), radiusPx: study.n > 6000 ? 2.2 : 3.2 },
    };
  /** Heads that are drawn as points; in a large study only the visible ones. */
  function inView(): Uint32Array {
    if (study.n <= MANY_HEADS) return order;
    const { widthPx, heightPx } = size();
    return order.filter((i) =>
      xs[i] > -EDGE_PX && ys[i] > -EDGE_PX && xs[i] < widthPx + EDGE_PX && ys[i] < heightPx + EDGE_PX
    );
  }
  /** Cells of the flagged heads, in the colour scale of all shown heads. */
  function drawCells(canvas: HTMLCanvasElement, grid: DensityGrid): void {
    drawDensity(canvas, grid, { ...size(), most: density!.most, dark: isDark(store.view) });
  }
  function drawBelow(): void {
    below.classList.toggle("pale", density !== null && store.view.density); // so that contours are visible above it
    if (density) return drawCells(below, density);
    drawPoints(below, { ...look(), flags: store.shown, opacity: 0.8 });
  }
  function drawAbove(): void {
    const chosen = store.selection;
    below.classList.toggle("faint", chosen !== null);
    above.hidden = chosen === null;
    if (!chosen) {
      if (corners.length) setBand([]);
      return;
    }
    if (density) return drawCells(above, densityGrid({ xs, ys }, { flags: chosen, ...size() }));
    drawPoints(above, { ...look(), flags: chosen, opacity: 0.9 });
  }
  function setBand(next: readonly Place[]): void {
    corners = [...next];
    band.setAttribute(
      "d",
      corners.length ? `M${corners.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}Z` : "",
    );
  }
  function placeRing(): void {
    const head = store.hover >= 0 ? store.hover : store.focus;
    setAttributes(
      ring,
      head < 0 ? { visibility: "hidden" } : { visibility: "visible", cx: xs[head], cy: ys[head] },
    );
    near.replaceChildren(...(store.view.honest && head >= 0 ? neighbourLines(store, head, { xs, ys }) : []));
    if (store.hover >= 0) {
      const headsInCell = density ? headsAt(density, xs[head], ys[head]) : 0;
      card.show(store.hover, [xs[head], ys[head]], { ...size(), headsInCell });
    } else card.hide();
  }
  const middle = (): Place => [size().widthPx / 2, size().heightPx / 2];
  const headAt = (place: Place) => nearestPoint(place, { xs, ys, allowed: store.shown, withinPx: 14 });
  listenToGestures(surface, {
    tool: () => store.view.tool,
    outline(next) {
      setBand(next);
      store.select(flagInside(next, { xs, ys, allowed: store.shown }), `${store.view.tool} on the map`);
    },
    click(place, event) {
      const head = headAt(place);
      if (head >= 0 && (event.ctrlKey || event.metaKey || event.shiftKey)) return toggle(head);
      if (head >= 0) return store.setFocus(head);
      setBand([]);
      store.select(null);
    },
    hover: (place) => store.setHover(place ? headAt(place) : -1),
    panBy: (dx, dy) => changeZoom((zoom) => ({ ...zoom, x: zoom.x + dx, y: zoom.y + dy })),
    zoomAt: ([x, y], factor) => changeZoom((zoom) => zoomAbout(zoom, { factor, x, y })),
  });
  function toggle(head: number): void {
    const flags = store.selection?.slice() ?? new Uint8Array(study.n);
    flags[head] ^= 1;
    setBand([]);
    store.select(flags, "heads selected one by one");
    store.say(`${flags[head] ? "Added" : "Removed"}: ${describeHead(store, head)}`);
  }
  const zoomBy = (factor: number) => {
    const { widthPx, heightPx } = size();
    changeZoom((zoom) => zoomAbout(zoom, { factor, x: widthPx / 2, y: heightPx / 2 }));
  };
  surface.addEventListener("keydown", (event) => {
    const head = store.focus;
    if (event.key.startsWith("Arrow")) {
      const next = head < 0 && density
        ? nearestPoint(middle(), { xs, ys, allowed: store.shown, withinPx: Infinity })
        : head < 0
        ? order.find((i) => store.shown[i] === 1) ?? -1
        : nextInDirection(head, {
          ...{ xs, ys, allowed: store.shown, key: event.key },
          leastPx: density ? 2 * CELL_PX : 0,
        });
      if (next >= 0) store.setFocus(next);
      store.say(next >= 0 ? describeHead(store, next) : "No further head in that direction");
    } else if (event.key === " " && head >= 0) toggle(head);
    else if (event.key === "Enter" && head >= 0) document.getElementById("card")?.focus();
    else if (event.key.toLowerCase() === "s" && head >= 0) selectGrade(store, study.grade[head]);
    else if (event.key === "+" || event.key === "=") zoomBy(1.5);
    else if (event.key === "-") zoomBy(1 / 1.5);
    else if (event.key === "Escape") {
      setBand([]);
      store.select(null);
    } else return;
    event.preventDefault();
  });
  store.on("selection", drawAbove);
  store.on("settled", () => store.view.images && draw());
  store.on(["hover", "focus"], placeRing);
  store.on(["view", "zoom", "deviation", "live"], draw);
  new ResizeObserver(draw).observe(surface);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  return el(
    "div",
    { class: "map" },
    mapToolbar(store, { zoomBy, whole: () => changeZoom(() => WHOLE_MAP) }),
    surface,
    legend.element,
    mapErrorNote(store),
  );
}

/** Margin in CSS pixels: points this far outside the box are still partly visible. */
const EDGE_PX = 5;

const KEYS =
  "Arrow keys move to the next head in that direction, Enter shows it, Space adds it to the selection or removes it, S selects its grade, plus and minus zoom, Escape clears.";
const DENSE_KEYS =
  "While densities are shown, the arrow keys skip heads less than two cells away; zoom in to reach every head.";

/** Description of the map for screen readers. */
function viewWords(density: DensityGrid | null, heads: number): string {
  return density
    ? `Latent map, density of ${count(heads)} heads, at most ${count(density.most)} in a cell`
    : `Latent map, ${count(heads)} heads in view as points`;
}

function axes({ study, view }: Store): { xs: Float64Array; ys: Float64Array } {
  return { xs: study.number(`${view.map}_x`), ys: study.number(`${view.map}_y`) };
}
