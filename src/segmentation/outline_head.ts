import { type Component, type Components, components } from "../image/components.ts";
import type { BoxedMask } from "./dice.ts";
import { type Circle, fitCircle } from "./fit_circle.ts";
import { outlinePoints } from "./surface_distance.ts";

/** A square window of the film: its centre and side in film pixels. */
export interface FilmWindow {
  readonly centerPx: readonly [number, number];
  readonly sidePx: number;
}

/** Fills holes: background that cannot be reached from the picture's border. */
function fillHoles(mask: Uint8Array, width: number, height: number): void {
  const reached = new Uint8Array(mask.length);
  const stack: number[] = [];
  const visit = (at: number) => {
    if (!mask[at] && !reached[at]) {
      reached[at] = 1;
      stack.push(at);
    }
  };
  for (let x = 0; x < width; x++) visit(x), visit((height - 1) * width + x);
  for (let y = 0; y < height; y++) visit(y * width), visit(y * width + width - 1);
  while (stack.length) {
    const at = stack.pop()!, x = at % width;
    if (x > 0) visit(at - 1);
    if (x < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < mask.length - width) visit(at + width);
  }
  for (let i = 0; i < mask.length; i++) mask[i] = reached[i] ? 0 : 1;
}

/** Bilinear value of a square map at map coordinates, held at the edges. */
function bilinear(map: Float32Array, size: number, x: number, y: number): number {
  const cx = Math.min(size - 1, Math.max(0, x)), cy = Math.min(size - 1, Math.max(0, y));
  const x0 = Math.min(size - 2, Math.floor(cx)), y0 = Math.min(size - 2, Math.floor(cy));
  const fx = cx - x0, fy = cy - y0, at = y0 * size + x0;
  return (map[at] * (1 - fx) + map[at + 1] * fx) * (1 - fy) +
    (map[at + size] * (1 - fx) + map[at + size + 1] * fx) * fy;
}

/** The component at the window's centre, or else the largest whose centroid lies near it. */
function centralComponent({ labels, components }: Components, size: number): Component | undefined {
  const centre = labels[(size >> 1) * size + (size >> 1)];
  return components.find(({ label, centroidPx: [x, y] }) =>
    centre > 0 ? label === centre : Math.hypot(x - size / 2, y - size / 2) < size / 5
  );
}

/** What one probability map says of the head at its centre. */
export interface Outline extends BoxedMask {
  readonly circle: Circle;
  readonly areaPx: number;
  /** Mean probability inside the outline. */
  readonly confidence: number;
  /** Area over that of the fitted circle: near 1 for a head. */
  readonly fullness: number;
}

/**
 * The outline at film resolution of the head in the middle of a window: the probability map is read between its pixels,
 * cut at `threshold`, reduced to the central component and freed of holes. Pixels beyond the film are never inside.
 *
 * @param map foreground probabilities of the window, [sizePx, sizePx]
 * @returns null where nothing stands out near the centre.
 */
export function outlineHead(
  map: Float32Array,
  options: { sizePx: number; window: FilmWindow; filmPx: readonly [number, number]; threshold: number },
): Outline | null {
  const { sizePx, window, filmPx, threshold } = options;
  const bits = new Uint8Array(map.length);
  for (let i = 0; i < bits.length; i++) bits[i] = map[i] >= threshold ? 1 : 0;
  const found = components(bits, { widthPx: sizePx, heightPx: sizePx });
  const central = centralComponent(found, sizePx);
  if (!central || central.areaPx < 24) return null;
  const chosen = map.slice();
  if (found.components.length > 1) {
    for (let i = 0; i < chosen.length; i++) {
      if (found.labels[i] !== 0 && found.labels[i] !== central.label) chosen[i] = 0;
    }
  }
  const step = window.sidePx / sizePx; // film pixels a map pixel
  const toFilm = (v: number, centre: number) => centre + ((v + 0.5) / sizePx - 0.5) * window.sidePx;
  const box = central.boxPx;
  const x0 = Math.max(0, Math.floor(toFilm(box.x - 1, window.centerPx[0])));
  const y0 = Math.max(0, Math.floor(toFilm(box.y - 1, window.centerPx[1])));
  const x1 = Math.min(filmPx[0], Math.ceil(toFilm(box.x + box.width, window.centerPx[0])) + 1);
  const y1 = Math.min(filmPx[1], Math.ceil(toFilm(box.y + box.height, window.centerPx[1])) + 1);
  const width = x1 - x0, height = y1 - y0;
  if (width < 3 || height < 3) return null;
  const mask = new Uint8Array(width * height); // [height, width]
  let area = 0, probability = 0;
  const left = (x0 - window.centerPx[0]) / step + sizePx / 2 - 0.5;
  const top = (y0 - window.centerPx[1]) / step + sizePx / 2 - 0.5;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = bilinear(chosen, sizePx, left + x / step, top + y / step);
      if (p < threshold) continue;
      mask[y * width + x] = 1;
      area++;
      probability += p;
    }
  }
  if (area < 24) return null;
  fillHoles(mask, width, height);
  const boxed = { boxPx: { x: x0, y: y0, width, height }, mask };
  const circle = fitCircle(outlinePoints(boxed));
  const areaPx = mask.reduce((sum, bit) => sum + bit, 0);
  return {
    ...boxed,
    circle,
    areaPx,
    confidence: probability / area,
    fullness: areaPx / (Math.PI * circle.radiusPx ** 2),
  };
}
