import { seededPrng } from "../array/seeded_prng.ts";
import { drawIndices } from "./draw_indices.ts";
import { nearestRows } from "./nearest_rows.ts";
import { InputError } from "../input_error.ts";

/** Options of {@linkcode trustworthiness}. */
export interface TrustworthinessOptions {
  /** Number of columns of the original rows. */
  d: number;
  /** Number of columns of the map. @default {2} */
  mapColumns?: number;
  /** Number of neighbours, below n / 2; if a sample is used, below half of its size. @default {15} */
  neighbors?: number;
  /**
   * With more rows than this, each row is compared with a random sample only, because comparing all pairs takes
   * hours.
   * @default {20000}
   */
  exactUpTo?: number;
  /** Number of rows in that sample. @default {4000} */
  sample?: number;
  /** Random seed of the sample. @default {1} */
  seed?: number;
}

/** How well a map preserves neighbourhoods. */
export interface Trustworthiness {
  /** 1 if every neighbour on the map is a true neighbour; about 0.5 for a random map. */
  readonly trustworthiness: number;
  /** Trustworthiness of each point; the mean of these values is the trustworthiness of the map. */
  readonly perPoint: Float64Array; // [n]
  /** Share of the k true nearest neighbours that are among the k nearest on the map, 0 to 1. */
  readonly neighborPreservation: number;
  /** Size of the sample that each row was compared with; missing if it was compared with all rows. */
  readonly judgedAmong?: number;
}

/**
 * Trustworthiness of a map `points` [n, mapColumns] of `rows` [n, d] (Venna and Kaski 2001, equation 1;
 * `sklearn.manifold.trustworthiness`). A neighbour on the map that is not one of the k true nearest neighbours counts
 * by how far its true rank exceeds k; the result is one minus the scaled sum of these excesses. Equal distances are
 * ranked by index. Exact up to `exactUpTo` rows; with more, each row's neighbours are found in a sample, whose size
 * replaces n.
 *
 * @throws {TypeError} if the numbers of rows differ.
 * @throws {InputError} unless `neighbors` is an integer with 1 <= neighbors < n / 2 (with a sample: half of its size).
 */
export function trustworthiness(
  rows: Float64Array,
  points: Float64Array,
  { d, mapColumns = 2, neighbors = 15, exactUpTo = 20_000, sample = 4000, seed = 1 }: TrustworthinessOptions,
): Trustworthiness {
  const n = rows.length / d, k = neighbors;
  if (points.length !== n * mapColumns) {
    throw new TypeError(
      `Cannot evaluate the map: ${n} rows need ${n * mapColumns} coordinates, got ${points.length}`,
    );
  }
  const sampled = n > exactUpTo && sample < n, sampleRows = sampled ? sample : n;
  if (!Number.isInteger(k) || k < 1 || k >= sampleRows / 2) {
    throw new InputError(
      `Cannot evaluate the map: neighbours must be a whole number from 1 to below n / 2 = ${
        sampleRows / 2
      }, got ${k}`,
    );
  }
  const who = sampled
    ? drawIndices(n, sample, seededPrng(seed))
    : Int32Array.from({ length: n }, (_, i) => i);
  const among = gather(rows, d, who), placesAmong = gather(points, mapColumns, who); // [sampleRows, ...]
  // One neighbour more than k, because a row in the sample finds itself.
  const onMap = nearestRows(points, placesAmong, { d: mapColumns, k: k + 1 });
  const self = new Int32Array(n).fill(-1); // position of a row in the sample
  who.forEach((i, at) => self[i] = at);
  const perPoint = new Float64Array(n), squared = new Float64Array(sampleRows);
  let kept = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < sampleRows; j++) {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += (rows[i * d + c] - among[j * d + c]) ** 2;
      squared[j] = sum;
    }
    let excess = 0, seen = 0;
    for (let c = 0; seen < k; c++) {
      const j = onMap.indices[i * (k + 1) + c];
      if (j === self[i]) continue;
      seen++;
      let rank = 1; // of j among the true neighbours of i
      for (let other = 0; other < sampleRows; other++) {
        if (other === self[i]) continue;
        if (squared[other] < squared[j] || (squared[other] === squared[j] && other < j)) rank++;
      }
      if (rank > k) excess += rank - k;
      else kept++;
    }
    const size = self[i] < 0 ? sampleRows + 1 : sampleRows; // of the sample together with row i
    perPoint[i] = 1 - 2 / (k * (2 * size - 3 * k - 1)) * excess;
  }
  const mean = perPoint.reduce((sum, value) => sum + value, 0) / n;
  return {
    ...{ trustworthiness: mean, perPoint, neighborPreservation: kept / (n * k) },
    ...(sampled ? { judgedAmong: sampleRows } : {}),
  };
}

function gather(rows: Float64Array, d: number, indices: Int32Array): Float64Array {
  const out = new Float64Array(indices.length * d);
  indices.forEach((from, to) => out.set(rows.subarray(from * d, (from + 1) * d), to * d));
  return out;
}
