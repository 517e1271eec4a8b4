import { type Component, type Components, components } from "../../image/components.ts";
import type { BoxedMask } from "../../masks/boxed_mask.ts";
import { type Circle, fitCircle } from "./fit_circle.ts";
import { outlinePoints } from "./surface_distance.ts";

/** A square window of the film: its centre and side in film pixels. */
export interface FilmWindow {
  readonly centerPx: readonly [number, number];
  readonly sidePx: number;
}

/** Fills holes: values below the threshold that are not connected to the map's border are raised to the threshold. */
function fillHoles(map: Float32Array, { sizePx, threshold }: { sizePx: number; threshold: number }): void {
  const below = new Uint8Array(map.length);
  for (let i = 0; i < map.length; i++) below[i] = map[i] < threshold ? 1 : 0;
  const { labels, components: patches } = components(below, {
    ...{ widthPx: sizePx, heightPx: sizePx },
    connectivity: 4,
  });
  for (const { label, boxPx: { x, y, width, height } } of patches) {
    if (x === 0 || y === 0 || x + width === sizePx || y + height === sizePx) continue;
    for (let i = y * sizePx; i < (y + height) * sizePx; i++) if (labels[i] === label) map[i] = threshold;
  }
}

/**
 * Linear interpolation along one axis: for each film pixel, the cell of the map before it, and the fraction of the way
 * to the next cell. Positions beyond the map are moved to its border.
 */
interface Cells {
  cell: Int32Array;
  share: Float64Array;
}

function mapCells(
  { from, count, center, window, sizePx }: {
    from: number;
    count: number;
    center: number;
    window: FilmWindow;
    sizePx: number;
  },
): Cells {
  const cell = new Int32Array(count), share = new Float64Array(count), step = window.sidePx / sizePx;
  for (let i = 0; i < count; i++) {
    const at = Math.min(sizePx - 1, Math.max(0, (from + i - center) / step + sizePx / 2 - 0.5));
    cell[i] = Math.min(sizePx - 2, Math.floor(at));
    share[i] = at - cell[i];
  }
  return { cell, share };
}

/**
 * Interpolates the map and applies the threshold.
 *
 * @returns a mask [down, across], its number of ones, and the sum of the map's values there
 */
function drawMask(
  map: Float32Array,
  { sizePx, across, down, threshold }: { sizePx: number; across: Cells; down: Cells; threshold: number },
): { mask: Uint8Array; area: number; sum: number } {
  const width = across.cell.length, height = down.cell.length, mask = new Uint8Array(width * height);
  const line = new Float64Array(sizePx); // the map interpolated between two of its rows
  const { cell, share } = across, from = cell[0], to = cell[width - 1] + 1;
  let area = 0, sum = 0;
  for (let y = 0, i = 0; y < height; y++) {
    const row = down.cell[y] * sizePx, part = down.share[y];
    for (let u = from; u <= to; u++) line[u] = map[row + u] + part * (map[row + sizePx + u] - map[row + u]);
    for (let x = 0; x < width; x++, i++) {
      const u = cell[x], p = line[u] + share[x] * (line[u + 1] - line[u]);
      if (p < threshold) continue;
      mask[i] = 1;
      area++;
      sum += p;
    }
  }
  return { mask, area, sum };
}

/**
 * The component at the map's centre, or else the largest one whose centroid is less than a fifth of the side from it.
 */
function centralComponent({ labels, components }: Components, size: number): Component | undefined {
  const centre = labels[(size >> 1) * size + (size >> 1)];
  return components.find(({ label, centroidPx: [x, y] }) =>
    centre > 0 ? label === centre : Math.hypot(x - size / 2, y - size / 2) < size / 5
  );
}

/** The circle fitted to an outline, or null if there are too few points or the points lie on a line. */
function circleOf(points: Float64Array): Circle | null {
  try {
    return fitCircle(points);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The head at the centre of one probability map. */
export interface Outline extends BoxedMask {
  readonly circle: Circle;
  readonly areaPx: number;
  /** Mean probability inside the outline. */
  readonly confidence: number;
  /** Area relative to that of the fitted circle: near 1 for a head. */
  readonly fullness: number;
}

/**
 * The outline, at film resolution, of the head in the middle of a window. The probability map is interpolated, cut at
 * `threshold`, reduced to the central component, and its holes are filled. Pixels outside the film are never inside.
 *
 * @param map foreground probabilities of the window, [sizePx, sizePx]
 * @returns null if there is no component near the centre, or the component is too small (fewer than 24 pixels, or
 * narrower than 3 on the film) or a straight line
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
  fillHoles(chosen, { sizePx, threshold });
  const toFilm = (v: number, centre: number) => centre + ((v + 0.5) / sizePx - 0.5) * window.sidePx;
  const box = central.boxPx;
  const x0 = Math.max(0, Math.floor(toFilm(box.x - 1, window.centerPx[0])));
  const y0 = Math.max(0, Math.floor(toFilm(box.y - 1, window.centerPx[1])));
  const x1 = Math.min(filmPx[0], Math.ceil(toFilm(box.x + box.width, window.centerPx[0])) + 1);
  const y1 = Math.min(filmPx[1], Math.ceil(toFilm(box.y + box.height, window.centerPx[1])) + 1);
  const width = x1 - x0, height = y1 - y0;
  if (width < 3 || height < 3) return null;
  const [centerX, centerY] = window.centerPx;
  const across = mapCells({ from: x0, count: width, center: centerX, window, sizePx });
  const down = mapCells({ from: y0, count: height, center: centerY, window, sizePx });
  const { mask, area: areaPx, sum } = drawMask(chosen, { sizePx, across, down, threshold });
  if (areaPx < 24) return null;
  const boxed = { boxPx: { x: x0, y: y0, width, height }, mask };
  const circle = circleOf(outlinePoints(boxed));
  if (!circle) return null;
  return {
    ...boxed,
    circle,
    areaPx,
    confidence: sum / areaPx,
    fullness: areaPx / (Math.PI * circle.radiusPx ** 2),
  };
}
