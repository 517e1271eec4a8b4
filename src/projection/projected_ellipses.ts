/** A linear axis of a map: a head's coordinate is the dot product of `weights` and its latent mean, plus `offset`. */
export interface MapAxis {
  readonly weights: Float64Array; // [d]
  readonly offset: number;
}

/** Ellipse that contains `percent` % of a normal distribution, as a closed line on the map. */
export interface ProjectedEllipse {
  readonly percent: number;
  readonly points: readonly (readonly [number, number])[];
}

/** Number of points of one ellipse. */
const STEPS = 96;

/**
 * Ellipses of a normal distribution projected on two linear axes. In two dimensions the squared Mahalanobis distance
 * follows a chi-square distribution with two degrees of freedom, so the ellipse that contains `percent` % is a
 * circle with radius sqrt(-2 ln(1 - percent / 100)), transformed by the Cholesky factor of the projected covariance.
 *
 * @param covariance [d, d]
 */
export function projectedEllipses(
  { mean, covariance }: { mean: Float64Array; covariance: Float64Array },
  { axes: [x, y], percents = [50, 90, 95, 99] }: {
    axes: readonly [MapAxis, MapAxis];
    /** Percentages, above 0 and below 100. @default {[50, 90, 95, 99]} */
    percents?: readonly number[];
  },
): ProjectedEllipse[] {
  const d = mean.length;
  const along = (w: Float64Array, v: Float64Array) => w.reduce((sum, wi, i) => sum + wi * v[i], 0);
  const spread = (w: Float64Array) =>
    Float64Array.from(w, (_, i) => along(w, covariance.subarray(i * d, (i + 1) * d))); // [d]
  const cx = along(x.weights, mean) + x.offset, cy = along(y.weights, mean) + y.offset;
  const sx = spread(x.weights);
  const [a, b, c] = [along(x.weights, sx), along(y.weights, sx), along(y.weights, spread(y.weights))];
  const l11 = Math.sqrt(a), l21 = b / l11, l22 = Math.sqrt(Math.max(0, c - l21 * l21));
  return percents.map((percent) => {
    const r = Math.sqrt(-2 * Math.log(1 - percent / 100));
    const points = Array.from({ length: STEPS + 1 }, (_, k) => {
      const t = (2 * Math.PI * k) / STEPS;
      return [cx + r * l11 * Math.cos(t), cy + r * (l21 * Math.cos(t) + l22 * Math.sin(t))] as const;
    });
    return { percent, points };
  });
}
