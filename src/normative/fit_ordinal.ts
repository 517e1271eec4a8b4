import { checkRows } from "../array/check_rows.ts";
import { cholesky } from "../array/cholesky.ts";
import { solveLower } from "../array/solve_lower.ts";
import { type OrdinalProblem, ordinalStep } from "./ordinal_step.ts";
import { InputError } from "../input_error.ts";

/** A fitted proportional-odds model, as plain JSON. */
export interface OrdinalModel {
  /** Type tag, the same for every object of this type. */
  readonly kind: "ordinal-model";
  /** Grades seen in training, ascending. */
  readonly grades: readonly number[]; // [k]
  /** Thresholds between neighbouring grades on the linear predictor. */
  readonly thresholds: readonly number[]; // [k - 1], ascending
  /** Coefficients of the standardised features; above 0, a larger value means a higher grade. */
  readonly slopes: readonly number[]; // [p]
  /** Mean of each feature among the training heads. */
  readonly mean: readonly number[]; // [p]
  /** Standard deviation of each feature among the training heads. */
  readonly spread: readonly number[]; // [p]
  /** Weight of the ridge penalty; see {@linkcode FitOrdinalOptions}. */
  readonly ridge: number;
  /** `cohort`: heads have equal weight; `balanced`: grades have equal weight. */
  readonly weighting: "cohort" | "balanced";
}

/** Options of {@linkcode fitOrdinal}. */
export interface FitOrdinalOptions {
  /** Number of features. */
  p: number;
  /** Grade of each head; any finite numbers. */
  grades: ArrayLike<number>; // [n]
  /**
   * Weight of the ridge penalty, above 0: `ridge / 2` times the sum of the squared slopes (of standardised features) is
   * subtracted from the log-likelihood. @default {1}
   */
  ridge?: number;
  /** `cohort`: heads have equal weight; `balanced`: grades have equal weight. @default {"cohort"} */
  weighting?: "cohort" | "balanced";
}

/**
 * Fits a staging model to `features` [n, p] such as latents, distance and residual: proportional-odds logistic
 * regression (McCullagh 1980, J R Stat Soc B 42:109), P(grade <= j) = logistic(threshold j - slopes x), with a ridge
 * penalty on the slopes. Features are standardised with the training heads' mean and standard deviation. Newton's
 * method finds the optimum. The staging model is our addition: the abstract of the paper that Caput reproduces has
 * none, and the distance uses no grades.
 *
 * @throws {TypeError} if the lengths do not match. @throws {InputError} if there are fewer than two grades, a grade or
 * a value is not finite, a feature does not vary, `ridge` is not above 0, or Newton's method does not converge.
 */
export function fitOrdinal(
  features: Float64Array,
  { p, grades, ridge = 1, weighting = "cohort" }: FitOrdinalOptions,
): OrdinalModel {
  const n = checkRows(features, p);
  if (grades.length !== n) {
    throw new TypeError(
      `Cannot fit a staging model: each of ${n} heads must have a grade, got ${grades.length}`,
    );
  }
  if (!(ridge > 0)) {
    throw new InputError(`Cannot fit a staging model: the ridge must be above 0, got ${ridge}`);
  }
  const seen = [...new Set(Array.from(grades))].sort((a, b) => a - b), k = seen.length;
  if (k < 2 || !seen.every(Number.isFinite)) {
    throw new InputError(
      `Cannot fit a staging model: at least 2 grades, all of them finite numbers, are needed, got ${
        seen.join(", ") || "none"
      }`,
    );
  }
  const { mean, spread } = columnScales(features, { n, p });
  const x = features.map((v, i) => (v - mean[i % p]) / spread[i % p]); // [n, p]
  const y = Int32Array.from({ length: n }, (_, i) => seen.indexOf(grades[i]));
  const count = seen.map((_, g) => y.reduce((c, v) => c + (v === g ? 1 : 0), 0));
  const weight = Float64Array.from(y, (g) => (weighting === "balanced" ? n / (k * count[g]) : 1));
  const found = newton({ x, y, weight, n, p, k, ridge }, startAt(y, weight, { k, p }));
  return {
    kind: "ordinal-model",
    grades: seen,
    thresholds: Array.from(found.subarray(0, k - 1)),
    slopes: Array.from(found.subarray(k - 1)),
    mean: Array.from(mean),
    spread: Array.from(spread),
    ridge,
    weighting,
  };
}

function columnScales(features: Float64Array, { n, p }: { n: number; p: number }) {
  const mean = new Float64Array(p), spread = new Float64Array(p);
  for (let i = 0; i < n * p; i++) mean[i % p] += features[i] / n;
  for (let i = 0; i < n * p; i++) spread[i % p] += (features[i] - mean[i % p]) ** 2 / n;
  for (let j = 0; j < p; j++) {
    spread[j] = Math.sqrt(spread[j]);
    if (!(spread[j] > 1e-12 * Math.abs(mean[j]))) {
      throw new InputError(`Cannot fit a staging model: feature ${j} does not vary`);
    }
  }
  return { mean, spread };
}

/** Starting point: thresholds at the logits of the cumulative shares, slopes 0. */
function startAt(y: Int32Array, weight: Float64Array, { k, p }: { k: number; p: number }): Float64Array {
  const at = new Float64Array(k - 1 + p), share = new Float64Array(k);
  const total = weight.reduce((s, v) => s + v, 0);
  y.forEach((g, i) => share[g] += weight[i] / total);
  for (let j = 0, sum = 0; j < k - 1; j++) {
    sum += share[j];
    at[j] = Math.log(sum / (1 - sum));
  }
  return at;
}

/**
 * Newton's method. Each step is halved until the likelihood rises enough. The penalised log-likelihood is concave, so
 * the method converges to its single maximum.
 */
function newton(problem: OrdinalProblem, start: Float64Array): Float64Array {
  let at = start, here = ordinalStep(problem, at);
  for (let iteration = 0; iteration < 100; iteration++) {
    const factor = cholesky(here.information, at.length);
    const step = solveLower(factor, solveLower(factor, here.gradient), { transpose: true });
    const gain = step.reduce((s, v, i) => s + v * here.gradient[i], 0);
    if (gain < 1e-12) return at;
    let size = 1;
    for (;; size /= 2) {
      const trial = at.map((v, i) => v + size * step[i]);
      const there = ordinalStep(problem, trial);
      if (there.value >= here.value + 1e-4 * size * gain) {
        [at, here] = [trial, there];
        break;
      }
      // This close to the maximum, any further gain is smaller than the rounding error.
      if (size < 1e-8) return at;
    }
  }
  throw new InputError("Cannot fit a staging model: Newton's method did not converge in 100 steps");
}
