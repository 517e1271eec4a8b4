import { InputError } from "../input_error.ts";

/** Neighbours of each query row, nearest first; ties in order of index. */
export interface NearestRows {
  readonly indices: Int32Array; // [m, k]
  readonly distances: Float64Array; // [m, k], Euclidean
}

/** Options of {@linkcode nearestRows}. */
export interface NearestRowsOptions {
  /** Number of columns. */
  d: number;
  /** Number of neighbours. */
  k: number;
  /** Set it if `asked` and `among` are the same rows, so that no row is its own neighbour. @default {false} */
  skipSelf?: boolean;
}

/**
 * The k rows of `among` [n, d] nearest to each row of `asked` [m, d], by exact search.
 *
 * @throws {InputError} unless `k` is an integer from 1 to n (n - 1 with `skipSelf`).
 */
export function nearestRows(
  asked: Float64Array,
  among: Float64Array,
  { d, k, skipSelf = false }: NearestRowsOptions,
): NearestRows {
  const m = asked.length / d, n = among.length / d;
  const most = n - (skipSelf ? 1 : 0);
  if (!Number.isInteger(k) || k < 1 || k > most) {
    throw new InputError(
      `Cannot find neighbours: their number must be a whole number from 1 to ${most}, got ${k}`,
    );
  }
  const indices = new Int32Array(m * k), distances = new Float64Array(m * k); // [m, k]
  const best = new Float64Array(k), who = new Int32Array(k);
  for (let i = 0; i < m; i++) {
    best.fill(Infinity);
    for (let j = 0; j < n; j++) {
      if (skipSelf && i === j) continue;
      let sum = 0, a = i * d, b = j * d;
      const end = a + d, worst = best[k - 1];
      while (a < end && !(sum >= worst)) { // the sum only grows, so most rows are rejected after a few columns
        for (const stop = Math.min(end, a + 4); a < stop; a++, b++) {
          const difference = asked[a] - among[b];
          sum += difference * difference;
        }
      }
      if (sum >= worst) continue;
      let at = k - 1; // insertion keeps the list sorted, ties in order of index
      for (; at > 0 && best[at - 1] > sum; at--) {
        best[at] = best[at - 1];
        who[at] = who[at - 1];
      }
      best[at] = sum;
      who[at] = j;
    }
    indices.set(who, i * k);
    for (let c = 0; c < k; c++) distances[i * k + c] = Math.sqrt(best[c]);
  }
  return { indices, distances };
}
