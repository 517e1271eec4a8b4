import type { PageStudy } from "./page_study.ts";

/** A linear function of the latent vector. */
type LinearMap = { weights: Float64Array; offset: number };

/** Cache of the axes, which do not change. */
const pageAxes = new WeakMap<object, (LinearMap | null)[]>();

/** The two axes of the PCA map as linear functions of the latent vector; null for an axis that cannot be computed. */
export function pcaAxes(study: PageStudy): (LinearMap | null)[] {
  const axes = pageAxes.get(study) ??
    ["pca_x", "pca_y"].map((name) => linearMap(study.latents, study.number(name), study.d));
  pageAxes.set(study, axes);
  return axes;
}

/** Position of a latent vector on the PCA map, or null if the axes cannot be computed. */
export function placeOnPca(study: PageStudy, latent: Float64Array): [number, number] | null {
  const [x, y] = pcaAxes(study);
  const along = ({ weights, offset }: LinearMap) =>
    weights.reduce((sum, w, i) => sum + w * latent[i], offset);
  return x && y ? [along(x), along(y)] : null;
}

/** Maximum number of rows for the fit; more are not needed, because the map is exactly linear. */
const ENOUGH = 20_000;

/**
 * Least-squares fit of target = rows * weights + offset, from the normal equations; null if they are singular or a
 * target is not finite.
 */
function linearMap(
  rows: Float64Array, // [n, d]
  target: Float64Array, // [n]
  d: number,
): LinearMap | null {
  const n = target.length;
  const m = d + 1;
  const a = new Float64Array(m * (m + 1)); // [m, m + 1], the last column is the right-hand side
  const row = new Float64Array(m).fill(1);
  if (!target.every(Number.isFinite)) return null;
  for (let i = 0; i < n; i += Math.ceil(n / ENOUGH)) {
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

/** Gauss-Jordan elimination with partial pivoting on an [m, m + 1] system; false if it is singular. */
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
