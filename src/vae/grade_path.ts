import { InputError } from "../input_error.ts";

/** One frame of the path through the grades. */
export interface PathFrame {
  /** 0 at the first grade, 1 at the last. */
  readonly t: number;
  /**
   * Position between the grades: 1.5 is half way from grade 1 to grade 2. It is a position on the path, not a
   * diagnosis.
   */
  readonly grade: number;
  /** Latent vector of the frame, for the decoder. */
  readonly z: Float64Array; // [d]
  /** Mahalanobis distance to the nearest head of the cohort. */
  readonly nearestRealDistance: number;
  /**
   * True if the nearest head of the cohort is farther away than is usual between heads: the image is an extrapolation
   * of the model.
   */
  readonly offManifold: boolean;
}

/** A latent vector, in the encoder's 32 bits or in 64. */
type Vector = Float32Array | Float64Array;

/** Options of {@linkcode gradePath}. */
export interface PathOptions {
  /** Grade of each head, in the order of `latents`. */
  grades: readonly number[];
  /**
   * Whitens a latent vector, so that Euclidean distance becomes Mahalanobis distance (for example by solving with the
   * Cholesky factor).
   */
  whiten: (z: Float64Array) => Float64Array;
  /**
   * Point from which the distance is measured (only its first latent coordinates), and the distance of each head. If
   * given, every grade's median is moved radially to the median distance of its heads, because the median of scattered
   * heads is closer to that point than most of them. @default not moved
   */
  reach?: { center: Float64Array; distances: ArrayLike<number> };
  /** Number of frames, at least 2. @default {41} */
  frames?: number;
  /**
   * A frame is off the manifold if its `nearestRealDistance` exceeds this quantile of the heads' nearest-neighbour
   * distances.
   * @default {0.95}
   */
  quantile?: number;
}

/**
 * Computes the path through the medians (per dimension) of the grades in ascending order: a straight line from each
 * grade to the next, all with about the same number of frames. The path is an interpolation by the model, not a course
 * over time: no patient was followed.
 *
 * @param latents Latent vectors of the cohort's heads, [n][d].
 * @throws {InputError} if there are fewer than two grades or frames, the lengths differ, or a value is not finite.
 */
export function gradePath(
  latents: readonly (Float32Array | Float64Array)[],
  { grades, whiten, reach, frames = 41, quantile = 0.95 }: PathOptions,
): PathFrame[] {
  const levels = [...new Set(grades)].sort((a, b) => a - b);
  if (grades.length !== latents.length || levels.length < 2 || !(frames >= 2)) {
    throw new InputError(
      `Cannot compute the path: at least two grades, one grade per head and two frames are needed, got ${levels.length} grades, ` +
        `${grades.length} for ${latents.length} heads, ${frames} frames`,
    );
  }
  const bad = latents.findIndex((z) => !z.every(Number.isFinite));
  if (bad >= 0) {
    throw new InputError(
      `Cannot compute the path: latent vectors must be finite, that of head ${bad} is not`,
    );
  }
  const stops = levels.map((level) => {
    const stop = middle(latents.filter((_z, i) => grades[i] === level));
    if (!reach) return stop;
    const typical = medianOf(Float64Array.from(reach.distances).filter((_v, i) => grades[i] === level));
    return movedOut(stop, { ...reach, typical, whiten });
  });
  const real = whitened(latents, whiten);
  const limit = typicalGap(real, quantile);
  return Array.from({ length: frames }, (_frame, k) => {
    const t = k / (frames - 1);
    const place = t * (levels.length - 1);
    const leg = Math.min(levels.length - 2, Math.floor(place)), share = place - leg;
    const z = stops[leg].map((value, i) => value + share * (stops[leg + 1][i] - value));
    const nearestRealDistance = nearest(whiten(z), real);
    const grade = levels[leg] + share * (levels[leg + 1] - levels[leg]);
    return { t, grade, z, nearestRealDistance, offManifold: nearestRealDistance > limit };
  });
}

/** Whitened latent vectors in one array, because many small arrays take several times the memory. */
interface Rows {
  readonly n: number;
  readonly d: number;
  readonly values: Float64Array; // [n, d]
}

function whitened(latents: readonly Vector[], whiten: (z: Float64Array) => Float64Array): Rows {
  const wide = Float64Array.from(latents[0]), { length: d } = whiten(wide);
  const values = new Float64Array(latents.length * d);
  latents.forEach((z, i) => {
    wide.set(z); // one array for all heads
    values.set(whiten(wide), i * d);
  });
  return { n: latents.length, d, values };
}

/** Median of every dimension. */
function middle(latents: readonly Vector[]): Float64Array {
  const column = new Float64Array(latents.length); // one array for all dimensions
  return Float64Array.from(latents[0], (_value, i) => {
    latents.forEach((z, k) => column[k] = z[i]);
    return medianOf(column);
  });
}

/** Median; sorts the values. */
function medianOf(values: Float64Array): number {
  values.sort();
  const half = (values.length - 1) / 2;
  return (values[Math.floor(half)] + values[Math.ceil(half)]) / 2;
}

/** Scales a latent vector's offset from the centre (in the centre's coordinates) so that its distance is `typical`. */
function movedOut(
  z: Float64Array,
  { center, typical, whiten }: {
    center: Float64Array;
    typical: number;
    whiten: (z: Float64Array) => Float64Array;
  },
): Float64Array {
  const origin = z.map((value, i) => center[i] ?? value), from = whiten(origin), at = whiten(z);
  const distance = Math.hypot(...at.map((value, i) => value - from[i]));
  if (distance === 0) return z;
  return z.map((value, i) => origin[i] + (value - origin[i]) * typical / distance);
}

/** Largest number of heads whose nearest-neighbour distance is computed: all pairs of 10^5 heads would take hours. */
const MOST_GAPS = 4000;

/**
 * Quantile of the heads' distances to their nearest neighbours. If there are very many heads, {@linkcode MOST_GAPS} of
 * the heads are used, evenly spaced in the list.
 */
function typicalGap(real: Rows, quantile: number): number {
  const { n, d, values } = real, count = Math.min(n, MOST_GAPS);
  const gaps = Float64Array.from({ length: count }, (_, k) => {
    const i = Math.floor(k * n / count);
    return nearest(values.subarray(i * d, (i + 1) * d), real, i);
  }).sort();
  return gaps[Math.round(quantile * (gaps.length - 1))];
}

/** Distance from `z` to the nearest of the rows, without the row at index `self`. */
function nearest(z: Float64Array, { n, d, values }: Rows, self = -1): number {
  let best = Infinity;
  for (let i = 0; i < n; i++) {
    if (i === self) continue;
    let sum = 0;
    for (let k = 0; k < d && sum < best; k++) sum += (z[k] - values[i * d + k]) ** 2;
    if (sum < best) best = sum;
  }
  return Math.sqrt(best);
}
