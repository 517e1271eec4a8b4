import { UMAP } from "umap-js";
import { checkRows } from "../array/check_rows.ts";
import { type Prng, seededPrng } from "../array/seeded_prng.ts";
import { drawIndices } from "./draw_indices.ts";
import { nearestRows } from "./nearest_rows.ts";
import { placeOnUmap } from "./place_on_umap.ts";
import { projectPca } from "./project_pca.ts";
import { type Trustworthiness, trustworthiness } from "./trustworthiness.ts";
import { InputError } from "../input_error.ts";

/** Options of {@linkcode projectUmap}. */
export interface ProjectUmapOptions {
  /** Number of columns of `rows`. */
  d: number;
  /** Random seed. @default {1} */
  seed?: number;
  /**
   * Number of neighbours, including the row itself as in umap-learn: small values show local detail, large ones the
   * overall structure. Reduced to below half of the number of rows.
   * @default {15}
   */
  neighbors?: number;
  /** Distance on the map below which neighbours no longer attract each other, in map units. @default {0.1} */
  minDist?: number;
  /** Number of optimisation epochs. @default {500 up to 10,000 rows, else 200, as in umap-learn} */
  epochs?: number;
  /**
   * Largest number of rows that the map is computed from; if there are more rows, a random subset is used and the
   * other rows are placed on the map. umap-js needs about 45 kB of memory for each row of the subset.
   * @default {all rows up to 20,000, else 10,000}
   */
  landmarks?: number;
  /** Called after each epoch. */
  onProgress?: (epoch: number, epochs: number) => void;
}

/** A UMAP and its trustworthiness. Distances on the map are not to scale. */
export interface UmapProjection extends Trustworthiness {
  /** Type tag, the same for every object of this type. */
  readonly kind: "umap-projection";
  /** Map coordinates of the rows. */
  readonly points: Float64Array; // [n, 2]
  /** Random seed that was used. */
  readonly seed: number;
  /** Number of neighbours that were used. */
  readonly neighbors: number;
  /** Number of rows that the map was computed from; the others were placed on it. Missing if all rows were used. */
  readonly landmarks?: number;
}

/** Largest number of rows from which the map is computed by default, and the number of landmarks if there are more. */
const EXACT_UP_TO = 20_000, LANDMARKS = 10_000;

/** PCA coordinates scaled to at most +-10, plus a little noise so that identical rows can separate. */
function pcaStart(rows: Float64Array, d: number, prng: Prng): Float64Array {
  const { points } = d > 1 ? projectPca(rows, { d }) : { points: lineUp(rows) };
  const widest = points.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return points.map((value) => 10 * value / widest + 1e-4 * prng.normal());
}

/** One column, centred, as [n, 2]; the second coordinate is 0. */
function lineUp(rows: Float64Array): Float64Array {
  const mean = rows.reduce((sum, value) => sum + value, 0) / rows.length;
  return Float64Array.from({ length: 2 * rows.length }, (_, i) => i % 2 === 0 ? rows[i / 2] - mean : 0);
}

/** The rows of a matrix [n, columns] as lists; `first(i)` is inserted before row i. */
function toLists<T extends Int32Array | Float64Array>(
  values: T,
  columns: number,
  first: (i: number) => number,
) {
  const n = values.length / columns;
  return Array.from({ length: n }, (_, i) => [first(i), ...values.subarray(i * columns, (i + 1) * columns)]);
}

function fit(
  rows: Float64Array,
  options: Required<Omit<ProjectUmapOptions, "landmarks" | "seed">>,
  prng: Prng,
) {
  const { d, neighbors, minDist, epochs, onProgress } = options;
  const n = rows.length / d;
  const umap = new UMAP({ nComponents: 2, nNeighbors: neighbors, minDist, nEpochs: epochs, random: prng });
  const near = nearestRows(rows, rows, { d, k: neighbors - 1, skipSelf: true });
  umap.setPrecomputedKNN( // exact; the first neighbour of each row is the row itself, as umap-js expects
    toLists(near.indices, neighbors - 1, (i) => i),
    toLists(near.distances, neighbors - 1, () => 0),
  );
  umap.initializeFit(Array.from({ length: n }, (_, i) => Array.from(rows.subarray(i * d, (i + 1) * d))));
  const embedding = umap.getEmbedding(); // [n][2]
  const start = pcaStart(rows, d, prng.fork("start"));
  embedding.forEach((point, i) => [point[0], point[1]] = [start[2 * i], start[2 * i + 1]]);
  for (let epoch = 0; epoch < epochs;) {
    epoch = umap.step();
    onProgress(epoch, epochs);
  }
  return Float64Array.from(embedding.flat()); // [n, 2]
}

/**
 * UMAP of `rows` [n, d] in two dimensions (McInnes, Healy and Melville 2018), by umap-js. Pass whitened latent
 * vectors, so that neighbourhoods refer to the Mahalanobis distance.
 *
 * Unlike `fit` of umap-js, this function starts from principal components instead of random positions, which preserves
 * the global structure better; neighbours are exact; the same seed gives the same map on one version of V8.
 *
 * @throws {InputError} if a value is not finite (umap-js accepts NaN silently), there are fewer than 5 rows, or
 * `neighbors` is not an integer of at least 2 or, after it was reduced, exceeds
 * `landmarks`.
 */
export function projectUmap(
  rows: Float64Array,
  { d, seed = 1, neighbors = 15, minDist = 0.1, epochs, landmarks: most, onProgress = () => {} }:
    ProjectUmapOptions,
): UmapProjection {
  const n = checkRows(rows, d), landmarks = most ?? (n <= EXACT_UP_TO ? n : LANDMARKS);
  if (n < 5) throw new InputError(`Cannot compute a map: at least 5 rows are needed, got ${n}`);
  if (!Number.isInteger(neighbors) || neighbors < 2) {
    throw new InputError(
      `Cannot compute a map: the number of neighbours must be a whole number from 2, got ${neighbors}`,
    );
  }
  const k = Math.min(neighbors, Math.ceil(n / 2) - 1);
  const prng = seededPrng(seed);
  const settings = { d, neighbors: k, minDist, epochs: epochs ?? (n <= 10_000 ? 500 : 200), onProgress };
  let points: Float64Array;
  if (n <= landmarks) points = fit(rows, settings, prng);
  else {
    const drawn = drawIndices(n, landmarks, prng.fork("landmarks"));
    const marks = new Float64Array(landmarks * d); // [landmarks, d]
    drawn.forEach((from, to) => marks.set(rows.subarray(from * d, (from + 1) * d), to * d));
    const placed = fit(marks, settings, prng);
    points = placeOnUmap(rows, { rows: marks, points: placed, d, neighbors: k });
  }
  return {
    kind: "umap-projection",
    points,
    seed,
    neighbors: k,
    ...(n > landmarks ? { landmarks } : {}),
    ...trustworthiness(rows, points, { d, neighbors: k, exactUpTo: Math.max(EXACT_UP_TO, landmarks), seed }),
  };
}
