import type { BoxedMask, FilmSize } from "./boxed_mask.ts";

/**
 * A vertex of a polygon. (0, 0) is the upper left corner of the first pixel and (0.5, 0.5) its centre, as in LabelMe and
 * COCO.
 */
export type Corner = readonly [x: number, y: number];

/**
 * The pixels of a film whose centres are inside a polygon (even-odd rule), or null if there are none.
 *
 * @throws {RangeError} for fewer than 3 corners, or one that is not finite.
 */
export function polygonMask(corners: readonly Corner[], { widthPx, heightPx }: FilmSize): BoxedMask | null {
  if (corners.length < 3 || !corners.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y))) {
    throw new RangeError(
      `A polygon must have at least 3 corners, all of them finite (got ${corners.length})`,
    );
  }
  const xs = corners.map(([x]) => x), ys = corners.map(([, y]) => y);
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b));
  const left = Math.max(0, Math.floor(least(xs))), right = Math.min(widthPx, Math.ceil(most(xs)));
  const top = Math.max(0, Math.floor(least(ys))), bottom = Math.min(heightPx, Math.ceil(most(ys)));
  const width = right - left, height = bottom - top;
  if (width <= 0 || height <= 0) return null;
  const mask = new Uint8Array(width * height);
  let any = false;
  for (let row = 0; row < height; row++) {
    const crossings = crossingsOf(corners, top + row + 0.5);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(crossings[k] - 0.5) - left);
      const to = Math.min(width, Math.ceil(crossings[k + 1] - 0.5) - left);
      if (to > from) {
        mask.fill(1, row * width + from, row * width + to);
        any = true;
      }
    }
  }
  return any ? { boxPx: { x: left, y: top, width, height }, mask } : null;
}

/** x coordinates at which a polygon's edges cross a row, in ascending order. */
function crossingsOf(corners: readonly Corner[], y: number): number[] {
  const found: number[] = [];
  corners.forEach(([x1, y1], i) => {
    const [x2, y2] = corners[(i + 1) % corners.length];
    if ((y1 <= y) !== (y2 <= y)) found.push(x1 + (y - y1) / (y2 - y1) * (x2 - x1));
  });
  return found.sort((a, b) => a - b);
}
