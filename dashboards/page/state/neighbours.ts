import { cholesky } from "../../../src/array/cholesky.ts";
import { nearestRows } from "../../../src/projection/nearest_rows.ts";
import { whiten } from "../../../src/projection/whiten.ts";
import type { Deviations, Store } from "./store.ts";

/** A head near another in the latent space. */
export interface Neighbour {
  readonly head: number;
  /** Mahalanobis distance between the two heads; Euclidean distance in a study without a normative model. */
  readonly distance: number;
}

const whitened = new WeakMap<Deviations, Float64Array>();

/**
 * Whitened latent vectors: their Euclidean distance is the Mahalanobis distance with the current covariance. Without a
 * normative model, the latent vectors as they are. // [n, d]
 */
export function whitenedLatents({ study, deviations }: Store): Float64Array {
  const known = whitened.get(deviations);
  if (known) return known;
  const { mean, covariance } = deviations;
  const rows = mean.length === study.d
    ? whiten(study.latents, { mean, cholesky: cholesky(covariance, study.d) })
    : study.latents;
  whitened.set(deviations, rows);
  return rows;
}

/** The k nearest heads in the latent space (not on the map). */
export function neighboursOf(store: Store, head: number, { k = 6 } = {}): Neighbour[] {
  const { d, n } = store.study;
  const rows = whitenedLatents(store);
  const { indices, distances } = nearestRows(rows.slice(head * d, (head + 1) * d), rows, {
    d,
    k: Math.min(k + 1, n),
  });
  return Array.from(indices, (index, i) => ({ head: index, distance: distances[i] }))
    .filter((neighbour) => neighbour.head !== head).slice(0, k);
}
