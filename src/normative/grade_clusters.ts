import { checkRows } from "../array/check_rows.ts";
import { cholesky } from "../array/cholesky.ts";
import { covariance } from "../array/covariance.ts";
import { solveLower } from "../array/solve_lower.ts";
import { ledoitWolf } from "./ledoit_wolf.ts";
import { mahalanobis } from "./mahalanobis.ts";
import { InputError } from "../input_error.ts";

/** Mean latent vector of each grade and the covariance within grades, as plain JSON. */
export interface GradeClusters {
  /** Type tag, the same for every object of this type. */
  readonly kind: "grade-clusters";
  /** Grades that occur, ascending. */
  readonly grades: readonly number[]; // [k]
  /** Mean latent vector of each grade. */
  readonly means: readonly (readonly number[])[]; // [k][d]
  /** Lower Cholesky factor of the covariance within grades (Ledoit-Wolf), row by row. */
  readonly lower: readonly (readonly number[])[]; // [d][row + 1]
  /** Number of heads that the estimate uses. */
  readonly n: number;
}

/** Options of {@linkcode fitGradeClusters}. */
export interface GradeClustersOptions {
  /** Number of latent dimensions. */
  d: number;
  /** Grade of each head. */
  grades: ArrayLike<number>; // [n]
}

/**
 * Fits one mean per grade and one covariance within grades to latent vectors `rows` [n, d]. A head far from every
 * grade's mean resembles no head of the cohort, healthy or diseased. This is the class-conditional Mahalanobis distance
 * of Lee et al. 2018 (NeurIPS 31, "A simple unified framework for detecting out-of-distribution samples").
 *
 * @throws {TypeError} if the numbers of heads and grades differ. @throws {InputError} if there are fewer than 3 heads,
 * a value or a grade is not finite, or the covariance is singular.
 */
export function fitGradeClusters(rows: Float64Array, options: GradeClustersOptions): GradeClusters {
  const { d } = options, { levels, means, within } = centre(rows, options);
  const factor = cholesky(ledoitWolf(within, d).covariance, d);
  return {
    kind: "grade-clusters",
    grades: levels,
    means: means.map((mean) => Array.from(mean)),
    lower: Array.from({ length: d }, (_, j) => Array.from(factor.subarray(j * d, j * d + j + 1))),
    n: rows.length / d,
  };
}

/**
 * Distance of every row of `rows` [n, d] from the nearest grade's mean, under the covariance within grades.
 *
 * @throws {TypeError} if the latent vectors have another length than the means. @throws {InputError} if a value is not
 * finite.
 */
export function nearestGradeDistance(rows: Float64Array, { means, lower }: GradeClusters): Float64Array {
  const d = lower.length, factor = new Float64Array(d * d); // [d, d]
  if (d === 0 || rows.length % d !== 0) {
    throw new TypeError(
      `Cannot compare with the grades: latent vectors must have ${d} dimensions, got ${rows.length} values`,
    );
  }
  lower.forEach((row, j) => factor.set(row, j * d));
  const nearest = new Float64Array(rows.length / d).fill(Infinity); // [n]
  for (const mean of means) {
    mahalanobis(rows, { mean: Float64Array.from(mean), cholesky: factor })
      .forEach((distance, i) => nearest[i] = Math.min(nearest[i], distance));
  }
  return nearest;
}

/**
 * Distance from the nearest grade's mean for heads (rows of `rows` [n, d]) that the clusters were fitted to. Each head
 * is left out of its grade's mean and of the covariance (but not of the shrinkage weight, which is that of all heads),
 * so that its distance is comparable to that of a new head. A head that is alone in its grade is compared with the
 * other grades.
 *
 * @param which Heads to measure. @default all
 * @throws {TypeError | InputError} as {@linkcode fitGradeClusters}.
 */
export function leaveOneOutGradeDistance(
  rows: Float64Array,
  { which, ...options }: GradeClustersOptions & { which?: readonly number[] },
): Float64Array {
  const { d } = options, n = rows.length / d;
  const { codes, counts, means, within } = centre(rows, options);
  const { shrinkage } = ledoitWolf(within, d), { covariance: s } = covariance(within, d, { ddof: 0 });
  const gap = new Float64Array(d), left = new Float64Array(d * d);
  return Float64Array.from(which ?? Array.from({ length: n }, (_, i) => i), (i) => {
    // Without the head, its gap from its grade's mean grows by this factor (infinite for a head that is alone in its
    // grade, whose gap is 0).
    const level = codes[i], grow = counts[level] / (counts[level] - 1);
    for (let j = 0; j < d; j++) gap[j] = within[i * d + j];
    let trace = 0;
    for (let j = 0; j < d; j++) {
      for (let k = 0; k <= j; k++) {
        const lost = counts[level] === 1 ? 0 : grow * gap[j] * gap[k];
        left[j * d + k] = (n * s[j * d + k] - lost) / (n - 1);
      }
      trace += left[j * d + j];
    }
    for (let j = 0; j < d; j++) {
      for (let k = 0; k <= j; k++) left[j * d + k] *= 1 - shrinkage;
      left[j * d + j] += shrinkage * trace / d;
    }
    const factor = cholesky(left, d);
    let nearest = Infinity;
    means.forEach((mean, g) => {
      if (g === level && counts[g] === 1) return;
      const away = gap.map((v, j) => g === level ? grow * v : rows[i * d + j] - mean[j]);
      nearest = Math.min(nearest, Math.hypot(...solveLower(factor, away)));
    });
    return nearest;
  });
}

/** Index of each head's grade, the grades' means, and every head minus its grade's mean. */
function centre(rows: Float64Array, { d, grades }: GradeClustersOptions) {
  const n = checkRows(rows, d);
  if (grades.length !== n) {
    throw new TypeError(
      `Cannot fit the grades' means: each of ${n} heads must have a grade, got ${grades.length}`,
    );
  }
  if (n < 3) throw new InputError(`Cannot fit the grades' means: at least 3 heads are needed, got ${n}`);
  const levels = [...new Set(Array.from(grades))].sort((a, b) => a - b);
  if (!levels.every(Number.isFinite)) {
    throw new InputError(`Cannot fit the grades' means: grades must be numbers, got ${levels.join(", ")}`);
  }
  const codes = Int32Array.from(grades, (grade) => levels.indexOf(grade));
  const counts = new Int32Array(levels.length), means = levels.map(() => new Float64Array(d)); // [k][d]
  codes.forEach((g, i) => {
    counts[g]++;
    for (let j = 0; j < d; j++) means[g][j] += rows[i * d + j];
  });
  means.forEach((mean, g) => mean.forEach((v, j) => mean[j] = v / counts[g]));
  const within = rows.map((v, k) => v - means[codes[Math.floor(k / d)]][k % d]); // [n, d]
  return { levels, codes, counts, means, within };
}
