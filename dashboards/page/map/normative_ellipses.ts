import type { Store } from "../state/store.ts";

/** One ellipse of the normative distribution as it lies on the PCA page. */
export interface NormativeEllipse {
  readonly percent: number;
  readonly points: readonly (readonly [number, number])[];
}

type LinearMap = { weights: Float64Array; offset: number };

/** The axes do not change, so they are found once. */
const pageAxes = new WeakMap<object, (LinearMap | null)[]>();

const PERCENTS = [50, 90, 95, 99];

/**
 * Ellipses that hold 50, 90, 95 and 99 % of a normal distribution with the mean and covariance in use, projected on
 * the two principal axes. PCA is linear, so the page's axes are found again from the heads themselves by least
 * squares, and the ellipses follow the covariance switch.
 */
export function normativeEllipses({ study, deviations }: Store): NormativeEllipse[] {
  const { d } = study;
  const axes = pageAxes.get(study) ??
    ["pca_x", "pca_y"].map((name) => linearMap(study.latents, study.number(name), d));
  pageAxes.set(study, axes);
  const [x, y] = axes;
  if (!x || !y) return [];
  const { mean, covariance } = deviations;
  const along = (w: Float64Array, v: Float64Array) => w.reduce((sum, wi, i) => sum + wi * v[i], 0);
  const spread = (w: Float64Array) =>
    Float64Array.from(w, (_, i) => along(w, covariance.subarray(i * d, (i + 1) * d))); // [d]
  const cx = along(x.weights, mean) + x.offset;
  const cy = along(y.weights, mean) + y.offset;
  const sx = spread(x.weights);
  const [a, b, c] = [along(x.weights, sx), along(y.weights, sx), along(y.weights, spread(y.weights))];
  const l11 = Math.sqrt(a);
  const l21 = b / l11;
  const l22 = Math.sqrt(Math.max(0, c - l21 * l21));
  return PERCENTS.map((percent) => {
    const r = Math.sqrt(-2 * Math.log(1 - percent / 100)); // chi-square with two degrees
    const points = Array.from({ length: 97 }, (_, k) => {
      const t = (2 * Math.PI * k) / 96;
      return [cx + r * l11 * Math.cos(t), cy + r * (l21 * Math.cos(t) + l22 * Math.sin(t))] as const;
    });
    return { percent, points };
  });
}

/** weights and offset with target = rows weights + offset, by normal equations; null where they do not fit. */
function linearMap(
  rows: Float64Array, // [n, d]
  target: Float64Array, // [n]
  d: number,
): LinearMap | null {
  const n = target.length;
  const m = d + 1;
  const a = new Float64Array(m * (m + 1)); // [m, m | 1]
  const row = new Float64Array(m).fill(1);
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(target[i])) return null;
    for (let j = 0; j < d; j++) row[j] = rows[i * d + j];
    for (let j = 0; j < m; j++) {
      for (let k = 0; k < m; k++) a[j * (m + 1) + k] += row[j] * row[k];
      a[j * (m + 1) + m] += row[j] * target[i];
    }
  }
  if (!eliminate(a, m)) return null;
  const solution = Float64Array.from({ length: m }, (_, j) => a[j * (m + 1) + m]);
  return { weights: solution.subarray(0, d), offset: solution[d] };
}

/** Gauss-Jordan with partial pivoting on an [m, m + 1] system; false where it is singular. */
function eliminate(a: Float64Array, m: number): boolean {
  const w = m + 1;
  for (let p = 0; p < m; p++) {
    let best = p;
    for (let i = p + 1; i < m; i++) if (Math.abs(a[i * w + p]) > Math.abs(a[best * w + p])) best = i;
    if (!(Math.abs(a[best * w + p]) > 1e-12)) return false;
    for (let k = 0; k < w; k++) [a[p * w + k], a[best * w + k]] = [a[best * w + k], a[p * w + k]];
    for (let i = 0; i < m; i++) {
      const f = i === p ? 0 : a[i * w + p] / a[p * w + p];
      if (f) { for (let k = p; k < w; k++) a[i * w + k] -= f * a[p * w + k]; }
    }
  }
  for (let p = 0; p < m; p++) a[p * w + m] /= a[p * w + p];
  return true;
}
