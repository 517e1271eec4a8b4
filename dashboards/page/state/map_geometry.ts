/** How the map lies on the screen: data fitted into a box with equal units, then zoomed and panned. */
export interface MapGeometry {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Zoom: 1 shows everything. */
  readonly k: number;
  toScreen(x: number, y: number): [number, number];
  toData(x: number, y: number): [number, number];
}

/** Zoom and pan in screen pixels of the unzoomed box. */
export interface Zoom {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

/** No zoom. */
export const WHOLE_MAP: Zoom = { k: 1, x: 0, y: 0 };

/** A zoom that fits any box: how many times, and which place of the data lies in the middle. */
export interface MapZoom {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

/** The zoom of a box as one that fits any box; null where it shows everything. */
export function zoomToData(geometry: MapGeometry): MapZoom | null {
  const [x, y] = geometry.toData(geometry.widthPx / 2, geometry.heightPx / 2);
  return geometry.k === 1 ? null : { k: geometry.k, x, y };
}

/** And back, for the box of an unzoomed geometry. */
export function zoomToBox({ k, x, y }: MapZoom, { toScreen, widthPx, heightPx }: MapGeometry): Zoom {
  const [px, py] = toScreen(x, y);
  return { k, x: widthPx / 2 - px * k, y: heightPx / 2 - py * k };
}

/** Fits the finite points into the box with a margin, y upwards, one unit equally long both ways. */
export function mapGeometry(
  { xs, ys }: { xs: Float64Array; ys: Float64Array },
  { widthPx, heightPx, zoom = WHOLE_MAP, marginPx = 18 }: {
    widthPx: number;
    heightPx: number;
    zoom?: Zoom;
    marginPx?: number;
  },
): MapGeometry {
  const [left, right] = extent(xs);
  const [bottom, top] = extent(ys);
  const scale = Math.min(
    (widthPx - 2 * marginPx) / (right - left || 1),
    (heightPx - 2 * marginPx) / (top - bottom || 1),
  );
  const cx = (left + right) / 2;
  const cy = (bottom + top) / 2;
  return {
    widthPx,
    heightPx,
    k: zoom.k,
    toScreen: (x, y) => [
      (widthPx / 2 + (x - cx) * scale) * zoom.k + zoom.x,
      (heightPx / 2 - (y - cy) * scale) * zoom.k + zoom.y,
    ],
    toData: (x, y) => [
      ((x - zoom.x) / zoom.k - widthPx / 2) / scale + cx,
      cy - ((y - zoom.y) / zoom.k - heightPx / 2) / scale,
    ],
  };
}

const extents = new WeakMap<Float64Array, [number, number]>();

function extent(values: Float64Array): [number, number] {
  const known = extents.get(values) ?? extentOf(values);
  extents.set(values, known);
  return known;
}

function extentOf(values: Float64Array): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

/** Zooms by a factor about a point of the screen; the whole map is the smallest view. */
export function zoomAbout(zoom: Zoom, { factor, x, y }: { factor: number; x: number; y: number }): Zoom {
  const k = Math.min(40, Math.max(1, zoom.k * factor));
  if (k === 1) return WHOLE_MAP;
  return { k, x: x - ((x - zoom.x) / zoom.k) * k, y: y - ((y - zoom.y) / zoom.k) * k };
}
