/** A grid of numbers of the size of a film (or a reduced one), row by row. */
export interface Sheet {
  /** Width in pixels. */
  readonly widthPx: number;
  /** Height in pixels. */
  readonly heightPx: number;
  /** The values. */
  readonly values: Float32Array; // [heightPx, widthPx]
}

/** Pooled buffers by length. */
const spare = new Map<number, Float32Array[]>();

/** A sheet of zeros; reuses a pooled buffer if there is one. */
export function sheet(widthPx: number, heightPx: number): Sheet {
  const values = spare.get(widthPx * heightPx)?.pop();
  return { widthPx, heightPx, values: values?.fill(0) ?? new Float32Array(widthPx * heightPx) };
}

/** Returns sheets to the pool for later films. They must not be used afterwards. */
export function discard(...sheets: readonly Sheet[]): void {
  for (const { values } of sheets) {
    const pile = spare.get(values.length) ?? [];
    spare.set(values.length, pile);
    if (pile.length < 8) pile.push(values);
    if (spare.size > 24) spare.delete(spare.keys().next().value!);
  }
}

/**
 * Adds, for every pixel, the path length inside a closed surface, measured along the depth axis (mm): back faces add
 * their depth, front faces subtract theirs. This is right for any closed shape, even with cavities or holes. Both
 * triangles at a shared edge use the same arithmetic, so nothing is counted twice. `points` are film x, film y (px) and
 * depth (mm); `sign` is -1 for a mirrored surface.
 */
export function addPathLength(target: Sheet, points: Float32Array, triangles: Uint32Array, sign = 1): void {
  const { widthPx: w, heightPx: h, values } = target;
  for (let t = 0; t < triangles.length; t += 3) {
    let a = triangles[t] * 3, b = triangles[t + 1] * 3, c = triangles[t + 2] * 3;
    const area = (points[b] - points[a]) * (points[c + 1] - points[a + 1]) -
      (points[c] - points[a]) * (points[b + 1] - points[a + 1]);
    if (area === 0) continue;
    let swap = 0;
    if (points[b + 1] < points[a + 1]) swap = a, a = b, b = swap;
    if (points[c + 1] < points[a + 1]) swap = a, a = c, c = swap;
    if (points[c + 1] < points[b + 1]) swap = b, b = c, c = swap;
    const xa = points[a], ya = points[a + 1], za = points[a + 2];
    const xb = points[b], yb = points[b + 1], zb = points[b + 2];
    const xc = points[c], yc = points[c + 1], zc = points[c + 2];
    // Many triangles are between two rows of pixels, or outside the film.
    const y0 = ya < 0 ? 0 : Math.ceil(ya), y1 = Math.min(h, Math.ceil(yc)) - 1;
    if (y0 > y1 || (xa < -1 && xb < -1 && xc < -1) || (xa > w && xb > w && xc > w)) continue;
    const det = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya);
    if (Math.abs(det) < 1e-9) continue;
    const dx = ((zb - za) * (yc - ya) - (zc - za) * (yb - ya)) / det;
    const dy = ((xb - xa) * (zc - za) - (xc - xa) * (zb - za)) / det;
    const weight = area > 0 ? sign : -sign;
    const long = (xc - xa) / (yc - ya), upper = (xb - xa) / (yb - ya), lower = (xc - xb) / (yc - yb);
    for (let y = y0; y <= y1; y++) {
      const e0 = xa + (y - ya) * long;
      const e1 = y < yb ? xa + (y - ya) * upper : xb + (y - yb) * lower;
      let x = Math.ceil(e0 < e1 ? e0 : e1);
      let stop = Math.ceil(e0 < e1 ? e1 : e0);
      if (x < 0) x = 0;
      if (stop > w) stop = w;
      let z = weight * (za + (x - xa) * dx + (y - ya) * dy);
      const step = weight * dx;
      for (let i = y * w + x, end = y * w + stop; i < end; i++, z += step) values[i] += z;
    }
  }
}
