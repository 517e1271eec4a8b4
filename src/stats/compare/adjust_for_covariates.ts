import { solveLower } from "../../array/solve_lower.ts";
import { tryCholesky } from "../../array/try_cholesky.ts";
import type { ComparisonTable } from "./comparison.ts";
import { column, toNumber } from "./read_column.ts";
import { InputError } from "../../input_error.ts";

/** Values after removal of the covariates' linear effect. */
export interface AdjustedValues {
  readonly values: Float64Array; // [n]
  /**
   * Least-squares slope of each covariate column. A category has a column `name=level` for each level after the first
   * in sorted order; the first level is the baseline.
   */
  readonly slopes: Readonly<Record<string, number>>;
}

/**
 * Removes the linear effect of covariates from the values, as analysis of covariance does: slopes are fitted together
 * with group means, so that a real difference between groups is not attributed to a covariate (unlike residuals of a
 * pooled fit), and each value is adjusted to the covariates' overall mean. Later tests treat the slopes as known.
 *
 * @throws {InputError} naming the column (and the row) if a column is missing, a covariate has an empty or
 * infinite cell, does not vary within groups, or is a linear combination of the others.
 */
export function adjustForCovariates(
  table: ComparisonTable,
  { values, group, k, covariates, nameRow }: {
    values: Float64Array; // [n]
    /** Group of each row, 0 to k - 1. */
    group: Int32Array; // [n]
    k: number;
    covariates: readonly string[];
    /** Name of a row in error messages. */
    nameRow: (i: number) => string;
  },
): AdjustedValues {
  const n = values.length;
  const columns = covariates.flatMap((name) => expand(name, column(table, name, n), nameRow));
  const q = columns.length;
  const centred = columns.map(({ name, x }) => {
    const within = centreWithin(x, group, k);
    const norm = Math.sqrt(within.reduce((s, v) => s + v * v, 0));
    if (!(norm > 1e-10 * Math.sqrt(x.reduce((s, v) => s + v * v, 0)))) {
      throw new InputError(`Cannot adjust for "${name}": it does not vary within any group`);
    }
    return { norm, unit: within.map((v) => v / norm) };
  });
  const gram = new Float64Array(q * q), right = new Float64Array(q); // [q, q], [q]
  const y = centreWithin(values, group, k);
  for (let a = 0; a < q; a++) {
    right[a] = dot(centred[a].unit, y);
    for (let b = 0; b <= a; b++) gram[a * q + b] = dot(centred[a].unit, centred[b].unit);
  }
  const factor = factorGram(gram, columns.map((c) => c.name));
  const solved = solveLower(factor, solveLower(factor, right), { transpose: true }); // [q]
  const slopes = solved.map((v, a) => v / centred[a].norm);
  const adjusted = Float64Array.from(values);
  columns.forEach(({ x }, a) => {
    const mean = x.reduce((s, v) => s + v, 0) / n;
    for (let i = 0; i < n; i++) adjusted[i] -= slopes[a] * (x[i] - mean);
  });
  return { values: adjusted, slopes: Object.fromEntries(columns.map(({ name }, a) => [name, slopes[a]])) };
}

/**
 * A covariate as columns of numbers: a column of numbers unchanged; text as one 0/1 column per level after the first.
 */
function expand(name: string, cells: ArrayLike<unknown>, nameRow: (i: number) => string) {
  const texts = Array.from(cells, (cell, i) => {
    const text = cell === null || cell === undefined || Number.isNaN(cell) ? "" : String(cell).trim();
    if (text === "" || text === "Infinity" || text === "-Infinity") {
      throw new InputError(
        `Cannot adjust for "${name}": every row must have a value, got "${text}" in ${nameRow(i)}`,
      );
    }
    return text;
  });
  const numbers = texts.map(toNumber);
  if (numbers.every(Number.isFinite)) return [{ name, x: Float64Array.from(numbers) }];
  const levels = [...new Set(texts)].sort();
  if (levels.length < 2) throw new InputError(`Cannot adjust for "${name}": it does not vary`);
  return levels.slice(1).map((level) => ({
    name: `${name}=${level}`,
    x: Float64Array.from(texts, (t) => (t === level ? 1 : 0)),
  }));
}

/** Each value minus its group's mean. */
function centreWithin(x: Float64Array, group: Int32Array, k: number): Float64Array {
  const sum = new Float64Array(k), count = new Float64Array(k);
  x.forEach((v, i) => (sum[group[i]] += v, count[group[i]]++));
  return x.map((v, i) => v - sum[group[i]] / count[group[i]]);
}

function dot(a: Float64Array, b: Float64Array): number {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += a[i] * b[i];
  return s;
}

/** Cholesky factor of the correlations between covariates; an error if one is a linear combination of the others. */
function factorGram(gram: Float64Array, names: readonly string[]): Float64Array {
  const q = names.length;
  const factor = tryCholesky(gram, q);
  if (!factor || names.some((_, a) => factor[a * q + a] ** 2 < 1e-10)) {
    throw new InputError(
      `Cannot adjust for ${names.join(", ")}: within groups, one is a linear combination of the others`,
    );
  }
  return factor;
}
