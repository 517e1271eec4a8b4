import { checkRows } from "../array/check_rows.ts";
import { nearestRows } from "./nearest_rows.ts";

/** Options of {@linkcode placeOnUmap}: a finished map and the rows that it was made from. */
export interface PlaceOptions {
  /** Rows that the map was made from (whitened, if they were whitened for the map). */
  rows: Float64Array; // [n, d]
  /** Map coordinates of the rows. */
  points: Float64Array; // [n, 2]
  /** Number of columns of `rows`. */
  d: number;
  /** Number of neighbours that determine the position; at most all rows are used. @default {15} */
  neighbors?: number;
}

/**
 * Places new rows `asked` [m, d] on a finished map, at the weighted mean of their nearest neighbours' positions.
 * Neighbours are found in the space of `rows` and weighted by the inverse of their distance. Existing points do not
 * move. A row that equals one of `rows` gets the position of that row.
 *
 * `transform` of umap-js is not used, because it moves existing points and may not terminate.
 *
 * @returns Map coordinates, [m, 2].
 * @throws {TypeError} if the numbers of rows and points differ.
 * @throws {InputError} if a value is not finite, or `neighbors` is not an integer from 1.
 */
export function placeOnUmap(
  asked: Float64Array,
  { rows, points, d, neighbors = 15 }: PlaceOptions,
): Float64Array {
  const m = checkRows(asked, d), n = checkRows(rows, d);
  if (points.length !== 2 * n) {
    throw new TypeError(
      `Cannot place on the map: ${n} rows need ${2 * n} coordinates, got ${points.length}`,
    );
  }
  const k = Math.min(neighbors, n);
  const { indices, distances } = nearestRows(asked, rows, { d, k });
  const placed = new Float64Array(2 * m);
  for (let i = 0; i < m; i++) {
    let x = 0, y = 0, total = 0;
    for (let c = 0; c < k; c++) {
      const distance = distances[i * k + c], at = 2 * indices[i * k + c];
      if (distance === 0) {
        [x, y, total] = [points[at], points[at + 1], 1];
        break;
      }
      x += points[at] / distance;
      y += points[at + 1] / distance;
      total += 1 / distance;
    }
    placed[2 * i] = x / total;
    placed[2 * i + 1] = y / total;
  }
  return placed;
}
