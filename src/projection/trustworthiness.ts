import { nearestRows } from "./nearest_rows.ts";
import { InputError } from "../input_error.ts";

/** Options of {@linkcode trustworthiness}. */
export interface TrustworthinessOptions {
  /** Number of columns of the original rows. */
  d: number;
  /** Number of columns of the map. @default {2} */
  mapColumns?: number;
  /** Number of neighbours, below n / 2. @default {15} */
  neighbors?: number;
}

/** How well a map preserves neighbourhoods. */
export interface Trustworthiness {
  /** 1 if every neighbour on the map is a true neighbour; about 0.5 for a random map. */
  readonly trustworthiness: number;
  /** Trustworthiness of each point; the mean of these values is the trustworthiness of the map. */
  readonly perPoint: Float64Array; // [n]
  /** Share of the k true nearest neighbours that are among the k nearest on the map, 0 to 1. */
  readonly neighborPreservation: number;
}

/**
 * Trustworthiness of a map `points` [n, mapColumns] of `rows` [n, d]: one minus the scaled sum of rank excesses of
 * neighbours that only the map has (Venna and Kaski 2001, equation 1; `sklearn.manifold.trustworthiness`).
 * Equal distances are ranked by index.
 *
 * @throws {TypeError} if the numbers of rows differ.
 * @throws {InputError} unless 1 <= neighbors < n / 2.
 */
export function trustworthiness(
  rows: Float64Array,
  points: Float64Array,
  { d, mapColumns = 2, neighbors = 15 }: TrustworthinessOptions,
): Trustworthiness {
  const n = rows.length / d, k = neighbors;
  if (points.length !== n * mapColumns) {
    throw new TypeError(
      `Cannot evaluate the map: ${n} rows need ${n * mapColumns} coordinates, got ${points.length}`,
    );
  }
  if (!Number.isInteger(k) || k < 1 || k >= n / 2) {
    throw new InputError(
      `Cannot evaluate the map: neighbours must be from 1 to below n / 2 = ${n / 2}, got ${k}`,
    );
  }
  const onMap = nearestRows(points, points, { d: mapColumns, k, skipSelf: true });
  const perPoint = new Float64Array(n), squared = new Float64Array(n);
  const scale = 2 / (k * (2 * n - 3 * k - 1));
  let kept = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += (rows[i * d + c] - rows[j * d + c]) ** 2;
      squared[j] = sum;
    }
    let excess = 0;
    for (let c = 0; c < k; c++) {
      const j = onMap.indices[i * k + c];
      let rank = 1; // of j among the true neighbours of i
      for (let other = 0; other < n; other++) {
        if (other === i) continue;
        if (squared[other] < squared[j] || (squared[other] === squared[j] && other < j)) rank++;
      }
      if (rank > k) excess += rank - k;
      else kept++;
    }
    perPoint[i] = 1 - scale * excess;
  }
  const mean = perPoint.reduce((sum, value) => sum + value, 0) / n;
  return { trustworthiness: mean, perPoint, neighborPreservation: kept / (n * k) };
}
