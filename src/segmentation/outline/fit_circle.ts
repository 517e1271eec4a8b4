import { orderStatistics } from "../../array/order_statistics.ts";

/**
 * A circle in pixel coordinates. `residualPx` is the root mean square distance of the fitted points from the
 * circle.
 */
export interface Circle {
  readonly centerPx: readonly [number, number];
  readonly radiusPx: number;
  readonly residualPx: number;
}

/**
 * Algebraic fit of x^2 + y^2 + D x + E y + F = 0 to the points in `keep` (Kasa 1976, IEEE Trans Instrum Meas 25:8),
 * solved relative to their centroid.
 *
 * @returns centre x, centre y and radius
 */
function fitKept(points: Float64Array, keep: Uint8Array): [number, number, number] {
  const n = points.length / 2;
  let count = 0, mx = 0, my = 0;
  for (let i = 0; i < n; i++) {
    if (!keep[i]) continue;
    count++;
    mx += points[2 * i];
    my += points[2 * i + 1];
  }
  mx /= count;
  my /= count;
  let xx = 0, xy = 0, yy = 0, xz = 0, yz = 0, z = 0;
  for (let i = 0; i < n; i++) {
    if (!keep[i]) continue;
    const x = points[2 * i] - mx, y = points[2 * i + 1] - my, square = x * x + y * y;
    xx += x * x;
    xy += x * y;
    yy += y * y;
    xz += x * square;
    yz += y * square;
    z += square;
  }
  const determinant = xx * yy - xy * xy;
  const cx = (xz * yy - yz * xy) / (2 * determinant), cy = (yz * xx - xz * xy) / (2 * determinant);
  return [cx + mx, cy + my, Math.sqrt(cx * cx + cy * cy + z / count)];
}

/**
 * The circle on which most of an outline lies: a least-squares fit, repeated four times without the points farthest
 * from it, so that a collapsed segment or a bump at the neck does not shift the circle.
 *
 * @param points outline points as film coordinates, [n, 2]
 * @param options.keepShare share of the points, those nearest to the circle, used for each refit, 0.5 to 1; 0.8 by
 * default
 * @throws {RangeError} for fewer than 8 points, or points on a line.
 */
export function fitCircle(points: Float64Array, { keepShare = 0.8 }: { keepShare?: number } = {}): Circle {
  const n = points.length / 2;
  if (n < 8) throw new RangeError(`Cannot fit a circle: at least 8 outline points are needed, got ${n}`);
  const keep = new Uint8Array(n).fill(1);
  const off = new Float32Array(n);
  let [cx, cy, radius] = fitKept(points, keep);
  for (let round = 0; round < 4; round++) {
    for (let i = 0; i < n; i++) {
      const dx = points[2 * i] - cx, dy = points[2 * i + 1] - cy;
      off[i] = Math.abs(Math.sqrt(dx * dx + dy * dy) - radius); // Math.hypot is many times slower.
    }
    const [limit] = orderStatistics(off, [Math.max(0, Math.ceil(n * keepShare) - 1)]);
    for (let i = 0; i < n; i++) keep[i] = off[i] <= limit ? 1 : 0;
    [cx, cy, radius] = fitKept(points, keep);
  }
  if (!Number.isFinite(radius)) throw new RangeError("Cannot fit a circle: the outline points lie on a line");
  let sum = 0, count = 0;
  for (let i = 0; i < n; i++) {
    if (!keep[i]) continue;
    const dx = points[2 * i] - cx, dy = points[2 * i + 1] - cy;
    sum += (Math.sqrt(dx * dx + dy * dy) - radius) ** 2;
    count++;
  }
  return { centerPx: [cx, cy], radiusPx: radius, residualPx: Math.sqrt(sum / count) };
}
