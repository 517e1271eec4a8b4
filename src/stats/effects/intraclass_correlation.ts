import { checkRows } from "../../array/check_rows.ts";
import { fTail } from "../distributions/f_tail.ts";
import { invertTail } from "../distributions/invert_tail.ts";
import { InputError } from "../../input_error.ts";

/** Result of {@linkcode intraclassCorrelation}. */
export interface IntraclassCorrelation {
  /** ICC(2,1): absolute agreement of single measurements, repeats as random effect. */
  readonly agreement: number;
  /** Confidence interval of the absolute agreement. */
  readonly agreementInterval: readonly [number, number];
  /** ICC(3,1): consistency of single measurements, repeats as fixed effect. */
  readonly consistency: number;
  /** Confidence interval of the consistency. */
  readonly consistencyInterval: readonly [number, number];
  /** Mean squares of subjects, repeats and error in the analysis of variance. */
  readonly meanSquares: { readonly subjects: number; readonly repeats: number; readonly error: number };
}

/**
 * Intraclass correlations of `rows` [n subjects, k repeats] by two-way analysis of variance (Shrout and Fleiss 1979,
 * Psychol Bull 86:420; intervals after McGraw and Wong 1996, Psychol Methods 1:30), as R's `psych::ICC`
 * computes them.
 *
 * @param options.level coverage of the intervals. @default {0.95}
 * @throws {TypeError} if the length of `rows` is not a multiple of k. @throws {InputError} if there are fewer than 2
 * subjects or repeats, a value is not finite, or the values do not vary.
 */
export function intraclassCorrelation(
  rows: Float64Array,
  k: number,
  { level = 0.95 }: { level?: number } = {},
): IntraclassCorrelation {
  const n = checkRows(rows, k);
  if (n < 2 || k < 2) {
    throw new InputError(
      `Cannot compute an intraclass correlation: at least 2 subjects and 2 repeats are needed, got ${n}, ${k}`,
    );
  }
  const { subjects: s, repeats: r, error: e } = meanSquares(rows, { n, k });
  if (s + r + e === 0) {
    throw new InputError("Cannot compute an intraclass correlation: the values do not vary");
  }
  const agreement = (s - e) / (s + (k - 1) * e + k * (r - e) / n);
  const consistency = s + (k - 1) * e === 0 ? 0 : (s - e) / (s + (k - 1) * e);
  const alpha = (1 - level) / 2;
  return {
    agreement,
    agreementInterval: e === 0 && r === 0 ? [1, 1] : agreementInterval({ s, r, e, n, k, agreement, alpha }),
    consistency,
    consistencyInterval: e === 0 ? [consistency, consistency] : consistencyInterval({ s, e, n, k, alpha }),
    meanSquares: { subjects: s, repeats: r, error: e },
  };
}

function meanSquares(rows: Float64Array, { n, k }: { n: number; k: number }) {
  const ofRow = new Float64Array(n), ofColumn = new Float64Array(k);
  let all = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      ofRow[i] += rows[i * k + j] / k;
      ofColumn[j] += rows[i * k + j] / n;
      all += rows[i * k + j] / (n * k);
    }
  }
  let error = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) error += (rows[i * k + j] - ofRow[i] - ofColumn[j] + all) ** 2;
  }
  const subjects = k * ofRow.reduce((sum, v) => sum + (v - all) ** 2, 0) / (n - 1);
  const repeats = n * ofColumn.reduce((sum, v) => sum + (v - all) ** 2, 0) / (k - 1);
  // Below this limit only rounding errors remain.
  const floor = 1e-26 * (all * all + subjects);
  const clean = (v: number) => (v < floor ? 0 : v);
  return { subjects: clean(subjects), repeats: clean(repeats), error: clean(error / ((n - 1) * (k - 1))) };
}

function agreementInterval(
  { s, r, e, n, k, agreement, alpha }: Record<"s" | "r" | "e" | "n" | "k" | "agreement" | "alpha", number>,
): [number, number] {
  const a = k * agreement / (n * (1 - agreement));
  const b = 1 + k * agreement * (n - 1) / (n * (1 - agreement));
  const v = (a * r + b * e) ** 2 / ((a * r) ** 2 / (k - 1) + (b * e) ** 2 / ((n - 1) * (k - 1)));
  const low = fQuantile(alpha, [n - 1, v]), high = fQuantile(alpha, [v, n - 1]);
  const spread = k * r + (k * n - k - n) * e;
  return [n * (s - low * e) / (low * spread + n * s), n * (high * s - e) / (spread + n * high * s)];
}

function consistencyInterval(
  { s, e, n, k, alpha }: Record<"s" | "e" | "n" | "k" | "alpha", number>,
): [number, number] {
  const df1 = n - 1, df2 = (n - 1) * (k - 1);
  const low = s / e / fQuantile(alpha, [df1, df2]), high = s / e * fQuantile(alpha, [df2, df1]);
  return [(low - 1) / (low + k - 1), (high - 1) / (high + k - 1)];
}

/** The f with P(F > f) = tail. */
function fQuantile(tail: number, df: [number, number]): number {
  let high = 2;
  while (fTail(high, df) > tail) high *= 2;
  return invertTail((f) => fTail(f, df), tail, { low: 0, high });
}
