import { placeOnUmap } from "../../../src/projection/place_on_umap.ts";
import { whiten } from "../../../src/projection/whiten.ts";
import type { LiveHead, LiveScore } from "../../live_score.ts";
import { modelOf } from "../head/deviation_reasons.ts";
import { whitenedLatents } from "../state/neighbours.ts";
import { placeOnPca } from "../state/pca_axes.ts";
import type { LivePoint, Store } from "../state/store.ts";

/**
 * Heads of a dropped film as points of the maps: placed on the UMAP map by their neighbours in the latent space, and on
 * the PCA map by its axes; without positions if the study has no normative model. The existing points do not move.
 */
export function livePoints(
  store: Store,
  heads: readonly LiveHead[],
  { film, reference }: { film: string; reference: LiveScore["reference"] },
): LivePoint[] {
  const { study } = store, comparable = sharesReference(store, reference);
  const model = modelOf(store);
  return heads.map((head): LivePoint => {
    const { latent, side, distance, residual, combined } = head;
    const label = `${film}${side}`;
    const measured = { label, ...(comparable ? { distance, residual, combined } : {}) };
    if (!model || latent?.length !== study.d) return { ...measured, umap: null, pca: null };
    const vector = Float64Array.from(latent); // [d]
    const points = new Float64Array(2 * study.n); // [n, 2]
    study.number("umap_x").forEach((x, i) => (points[2 * i] = x));
    study.number("umap_y").forEach((y, i) => (points[2 * i + 1] = y));
    const [x, y] = placeOnUmap(whiten(vector, model), { rows: whitenedLatents(store), points, d: study.d });
    return { ...measured, umap: [x, y], pca: placeOnPca(study, vector) };
  });
}

/**
 * Whether a score refers to the study's own reference (same name and number of heads; also true if the score names
 * none). Distances scored against different references cannot be compared.
 */
export function sharesReference({ study }: Pick<Store, "study">, reference: LiveScore["reference"]): boolean {
  const expected = study.study.reference;
  return reference === undefined || reference.name === expected.name && reference.n === expected.n;
}
