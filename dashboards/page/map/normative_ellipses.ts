import { pcaAxes } from "../state/pca_axes.ts";
import type { Store } from "../state/store.ts";

/** One ellipse of the normative distribution as it lies on the PCA page. */
export interface NormativeEllipse {
  readonly percent: number;
  readonly points: readonly (readonly [number, number])[];
}

const PERCENTS = [50, 90, 95, 99];

/**
 * Ellipses that hold 50, 90, 95 and 99 % of a normal distribution with the mean and covariance in use, projected on
 * the two principal axes. PCA is linear, so the page's axes are found again from the heads themselves by least
 * squares, and the ellipses follow the covariance switch.
 */
export function normativeEllipses({ study, deviations }: Store): NormativeEllipse[] {
  const { d } = study;
  const [x, y] = pcaAxes(study);
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
