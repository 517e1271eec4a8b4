/**
 * Position of the map on the screen: data are fitted into a box with the same scale on both axes, then zoomed and
 * panned.
 */
export interface MapGeometry {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Zoom: 1 shows everything. */
  readonly k: number;
  toScreen(x: number, y: number): [number, number];
  toData(x: number, y: number): [number, number];
}

/** Zoom factor `k`, then a shift in screen pixels: zoomed position = k times the unzoomed one, plus (x, y). */
export interface Zoom {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

/** No zoom. */
export const WHOLE_MAP: Zoom = { k: 1, x: 0, y: 0 };

/** A zoom that is independent of the box size: the factor and the data point at the centre. */
export interface MapZoom {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

/** Converts the zoom of a box to one that is independent of its size; null if everything is shown. */
export function zoomToData(geometry: MapGeometry): MapZoom | null {
  const [x, y] = geometry.toData(geometry.widthPx / 2, geometry.heightPx / 2);
  return geometry.k === 1 ? null : { k: geometry.k, x, y };
}

/** The inverse of `zoomToData`: the zoom of a box. The geometry must be that of the box without zoom. */
export function zoomToBox({ k, x, y }: MapZoom, { toScreen, widthPx, heightPx }: MapGeometry): Zoom {
  const [px, py] = toScreen(x, y);
  return { k, x: widthPx / 2 - px * k, y: heightPx / 2 - py * k };
}

/** Fits the points (NaN is ignored) into the box with a margin, y upwards, with the same scale on both axes. */
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

/** Zooms by a factor about a screen point. The zoom stays between 1 (the whole map) and 40. */
export function zoomAbout(zoom: Zoom, { factor, x, y }: { factor: number; x: number; y: number }): Zoom {
  const k = Math.min(40, Math.max(1, zoom.k * factor));
  if (k === 1) return WHOLE_MAP;
  return { k, x: x - ((x - zoom.x) / zoom.k) * k, y: y - ((y - zoom.y) / zoom.k) * k };
}
