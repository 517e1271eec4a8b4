import type { KeepKeys } from "./keep_keys.ts";

/** Data of {@linkcode brushScript}. Lengths are in the pixels of the map's SVG. */
export interface BrushData {
  readonly label: string;
  /** Name of the value whose median is shown. */
  readonly value: string;
  /** Width and height of the map. */
  readonly size: readonly [widthPx: number, heightPx: number];
  /** Each head: position, grade, value. */
  readonly heads: readonly (readonly [x: number, y: number, grade: number, value: number])[];
}

/**
 * Adds a selection rectangle to the map, for dragging and for the keyboard: arrow keys move it, Shift and arrow keys
 * resize it, Escape clears it. The source of this function is written into the notebook, so it may use nothing from
 * outside its own body.
 */
export function brushScript(
  root: HTMLElement,
  { label, value, size: [width, height], heads }: BrushData,
  keepKeys: KeepKeys,
): void {
  const make = (name: string) => document.createElementNS("http://www.w3.org/2000/svg", name) as SVGElement;
  const svg = make("svg"), box = make("rect"), words = root.querySelector("[aria-live]")!;
  const write = (element: Element, attributes: Record<string, string | number>) => {
    for (const [name, text] of Object.entries(attributes)) element.setAttribute(name, String(text));
  };
  write(svg, { viewBox: `0 0 ${width} ${height}`, tabindex: 0, role: "application", "aria-label": label });
  write(box, { fill: "#1f5fa8", "fill-opacity": 0.15, stroke: "#1f5fa8", "stroke-width": 1.5 });
  svg.style.cssText =
    "position:absolute;left:0;top:0;width:100%;height:100%;cursor:crosshair;touch-action:none";
  svg.append(box);
  root.querySelector("[data-map]")!.append(svg);
  root.querySelector("[data-help]")!.textContent =
    "Drag over the map. By keyboard: arrow keys move the selection, Shift and arrow keys resize it, Escape clears it.";

  const median = (inside: typeof heads) => {
    const sorted = inside.map((head) => head[3]).sort((a, b) => a - b), middle = sorted.length >> 1;
    return (sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2).toFixed(2);
  };
  const all = `all ${heads.length} heads: ${value} ${median(heads)}`;
  /** The selection: left, top, width, height; null if there is none. */
  let area: [number, number, number, number] | null = null;
  const select = (next: typeof area) => {
    area = next;
    const [x, y, w, h] = area ?? [0, 0, 0, 0];
    write(box, { x, y, width: w, height: h, visibility: area ? "visible" : "hidden" });
    if (!area) {
      words.textContent = `Nothing is selected. Median of ${all}.`;
      return;
    }
    const inside = heads.filter((p) => p[0] >= x && p[0] <= x + w && p[1] >= y && p[1] <= y + h);
    const counts: Record<number, number> = {};
    for (const head of inside) counts[head[2]] = (counts[head[2]] ?? 0) + 1;
    const parts = Object.keys(counts).map(Number).sort((a, b) => a - b)
      .map((grade) => `${counts[grade]} ${grade < 0 ? "without a grade" : `of grade ${grade}`}`);
    words.textContent = inside.length === 0
      ? "No head is inside the selection."
      : `${inside.length} ${inside.length === 1 ? "head" : "heads"}: ${parts.join(", ")}. ` +
        `Median ${value} ${median(inside)} (${all}).`;
  };

  let from: [number, number] | null = null;
  const place = (event: PointerEvent): [number, number] => {
    const seen = svg.getBoundingClientRect();
    return [
      (event.clientX - seen.left) * width / seen.width,
      (event.clientY - seen.top) * height / seen.height,
    ];
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = place(event);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = place(event), [left, top] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
    select([left, top, Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1])]);
  });
  svg.addEventListener("pointerup", (event) => {
    if (from && Math.hypot(place(event)[0] - from[0], place(event)[1] - from[1]) < 3) select(null);
    from = null;
    svg.focus({ preventScroll: true }); // a notebook may have moved the focus to the cell
  });
  svg.addEventListener("pointercancel", () => from = null);
  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && area) {
      event.preventDefault(); // the second Escape leaves the map
      return select(null);
    }
    const steps: Record<string, [number, number]> = {
      ...{ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] },
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    if (!area) return select([0.4 * width, 0.4 * height, 0.2 * width, 0.2 * height]);
    const [x, y, w, h] = area, [dx, dy] = [step[0] * width / 40, step[1] * width / 40];
    const within = (place: number, low: number, high: number) => Math.max(low, Math.min(high, place));
    select(
      event.shiftKey
        ? [x, y, within(w + dx, width / 40, width - x), within(h + dy, width / 40, height - y)]
        : [within(x + dx, 0, width - w), within(y + dy, 0, height - h), w, h],
    );
  });
  keepKeys(svg, root);
  select(null);
}
