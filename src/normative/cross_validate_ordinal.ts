import { type Prng, seededPrng } from "../array/seeded_prng.ts";
import { checkRows } from "../array/check_rows.ts";
import { clusterBootstrap } from "../stats/intervals/cluster_bootstrap.ts";
import { clusteredShare } from "../stats/intervals/clustered_share.ts";
import { encodeLabels } from "../stats/samples/encode_labels.ts";
import { quadraticKappa } from "../stats/effects/quadratic_kappa.ts";
import { fitOrdinal, type FitOrdinalOptions } from "./fit_ordinal.ts";
import { gradeShares } from "./nearest_grades.ts";
import { InputError } from "../input_error.ts";

/** Options of {@linkcode crossValidateOrdinal}. */
export interface CrossValidateOptions extends FitOrdinalOptions {
  /** Patient of each head; heads of one patient are always in the same fold. */
  patient: ArrayLike<string | number>; // [n]
  /** Number of folds, a whole number from 2 to the number of patients. @default {10} */
  folds?: number;
  /** Random seed of folds and bootstrap. @default {1} */
  seed?: number;
  /** Bootstrap samples of patients for the interval of kappa. @default {2000} */
  bootstraps?: number;
}

/** Performance of the staging model on heads of patients that it was not fitted to. */
export interface CrossValidation {
  /** Grades that occur, ascending. */
  readonly grades: readonly number[]; // [k]
  /** Probability of each grade for each head, from the model fitted without the fold of its patient. */
  readonly shares: Float64Array; // [n, k]
  /** Grade with the highest probability. */
  readonly predicted: Int32Array; // [n]
  /** Number of heads by true grade (rows) and predicted grade (columns). */
  readonly confusion: readonly (readonly number[])[]; // [k][k]
  /** Quadratic-weighted kappa; null if it is undefined (see `quadraticKappa`). */
  readonly kappa: number | null;
  /** 95 % bootstrap interval of kappa, resampled by patient; null if it cannot be computed. */
  readonly kappaInterval: readonly [number, number] | null;
  /** Share of heads whose grade is predicted correctly, 0 to 1. */
  readonly accuracy: number;
  /** By true grade: sensitivity with its 95 % interval, clustered by patient, and number of heads. */
  readonly perGrade: readonly {
    readonly grade: number;
    readonly sensitivity: number;
    readonly interval: readonly [number, number];
    readonly n: number;
  }[];
}

/**
 * Cross-validates the staging model ({@linkcode fitOrdinal}) on `features` [n, p] by patient: both hips of a patient
 * are left out together. Patients with the same worst grade are distributed evenly over the folds, so that every fold
 * has about the same share of each grade.
 *
 * @throws {TypeError} if the lengths do not match. @throws {InputError} if `folds` is not a whole number from 2 to the
 * number of patients, a grade occurs in fewer than 2 patients, or `fitOrdinal` rejects the training heads of a fold.
 */
export function crossValidateOrdinal(
  features: Float64Array,
  { patient, folds = 10, seed = 1, bootstraps = 2000, ...fit }: CrossValidateOptions,
): CrossValidation {
  const { p, grades } = fit, n = checkRows(features, p);
  const { codes, size } = encodeLabels([patient], [n]);
  const seen = [...new Set(Array.from(grades))].sort((a, b) => a - b), k = seen.length;
  if (!Number.isInteger(folds) || folds < 2 || size < folds) {
    throw new InputError(
      `Cannot cross-validate: the number of folds must be a whole number from 2 to the number of patients, got ${folds} for ${size} patients`,
    );
  }
  for (const grade of seen) {
    const patients = new Set(Array.from(codes).filter((_, i) => grades[i] === grade));
    if (patients.size < 2) {
      throw new InputError(`Cannot cross-validate: grade ${grade} occurs in one patient only`);
    }
  }
  const fold = drawFolds(codes, grades, { size, folds, prng: seededPrng(seed) });
  const shares = new Float64Array(n * k); // [n, k]
  for (let f = 0; f < folds; f++) {
    const inside = [...codes.keys()].filter((i) => fold[codes[i]] !== f);
    const model = fitOrdinal(gather(features, p, inside), { ...fit, grades: inside.map((i) => grades[i]) });
    const column = model.grades.map((g) => seen.indexOf(g));
    for (let i = 0; i < n; i++) {
      if (fold[codes[i]] !== f) continue;
      gradeShares(features.subarray(i * p, (i + 1) * p), model).forEach((v, g) =>
        shares[i * k + column[g]] = v
      );
    }
  }
  return { grades: seen, shares, ...measure(shares, { grades, seen, patient, seed, bootstraps }) };
}

/**
 * The fold of each patient: patients are sorted by worst grade, in random order where it is equal, and assigned to the
 * folds in turn.
 */
function drawFolds(
  codes: Int32Array,
  grades: ArrayLike<number>,
  { size, folds, prng }: { size: number; folds: number; prng: Prng },
): Int32Array {
  const worst = new Float64Array(size).fill(-Infinity);
  codes.forEach((c, i) => worst[c] = Math.max(worst[c], grades[i]));
  const shuffled = Array.from({ length: size }, (_, c) => ({ c, draw: prng() }))
    .sort((a, b) => worst[a.c] - worst[b.c] || a.draw - b.draw || a.c - b.c);
  const fold = new Int32Array(size);
  shuffled.forEach(({ c }, turn) => fold[c] = turn % folds);
  return fold;
}

/** Predicted grades and their agreement with the true ones. */
function measure(
  shares: Float64Array,
  { grades, seen, patient, seed, bootstraps }: {
    grades: ArrayLike<number>;
    seen: number[];
    patient: ArrayLike<string | number>;
    seed: number;
    bootstraps: number;
  },
) {
  const k = seen.length, n = shares.length / k;
  const truth = Int32Array.from({ length: n }, (_, i) => seen.indexOf(grades[i]));
  const predicted = Int32Array.from({ length: n }, (_, i) => largest(shares.subarray(i * k, (i + 1) * k)));
  const tally = (weight: ArrayLike<number>) => {
    const counts = Array.from({ length: k }, () => new Array<number>(k).fill(0));
    for (let i = 0; i < n; i++) counts[truth[i]][predicted[i]] += weight[i];
    return counts;
  };
  const confusion = tally(new Float64Array(n).fill(1)), kappa = quadraticKappa(confusion);
  const resampled = kappa === null
    ? null
    : clusterBootstrap((weight) => quadraticKappa(tally(weight)), { cluster: patient, seed, bootstraps });
  const perGrade = seen.map((grade, g) => {
    const heads = [...truth.keys()].filter((i) => truth[i] === g);
    const found = clusteredShare(heads.map((i) => predicted[i] === g), {
      cluster: heads.map((i) => patient[i]),
    });
    return { grade, sensitivity: found.share, interval: found.interval, n: heads.length };
  });
  return {
    predicted: predicted.map((g) => seen[g]),
    confusion,
    kappa,
    kappaInterval: resampled && resampled.interval,
    accuracy: confusion.reduce((s, row, g) => s + row[g], 0) / n,
    perGrade,
  };
}

function largest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

function gather(rows: Float64Array, d: number, indices: number[]): Float64Array {
  const out = new Float64Array(indices.length * d);
  indices.forEach((i, to) => out.set(rows.subarray(i * d, (i + 1) * d), to * d));
  return out;
}
