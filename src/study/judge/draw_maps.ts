import { projectPca } from "../../projection/project_pca.ts";
import { projectUmap } from "../../projection/project_umap.ts";
import { trustworthiness as trustworthinessOf } from "../../projection/trustworthiness.ts";
import { whiten } from "../../projection/whiten.ts";
import type { NormativeModel } from "../../types.ts";

/** Coordinates of the heads on both maps. */
export interface Maps {
  readonly umap: Float64Array; // [n, 2]
  readonly pca: Float64Array; // [n, 2]
  readonly trustworthiness: Float64Array; // [n], of the UMAP map
  readonly pcaTrustworthiness: Float64Array; // [n]
}

/** Both maps, and how well each preserves the neighbourhoods of the latent space. */
export interface DrawnMaps extends Maps {
  readonly quality: {
    readonly trustworthiness: number;
    readonly neighborPreservation: number;
    readonly neighbors: number;
    /** Number of heads used for UMAP, if it is a sample; the others were then placed among them. */
    readonly landmarks?: number;
    /** Size of the random sample in which the neighbours of each head were searched; absent if all heads were. */
    readonly judgedAmong?: number;
    /** The same measures for the PCA map. */
    readonly pca: {
      readonly trustworthiness: number;
      readonly neighborPreservation: number;
      readonly neighbors: number;
    };
  };
}

/**
 * Projects the latent vectors to two dimensions, by UMAP and by PCA. They are whitened first, so that neighbours are
 * those by Mahalanobis distance. With fewer than 10 heads, the PCA map replaces the UMAP map and the trustworthiness is
 * NaN; a single head is at the origin.
 */
export function drawMaps(
  rows: Float64Array,
  { normative, seed }: { normative: Pick<NormativeModel, "mean" | "cholesky">; seed: number },
): DrawnMaps {
  const d = normative.mean.length, n = rows.length / d;
  const white = whiten(rows, normative); // [n, d]
  const pca = n < 2 ? new Float64Array(2 * n) : projectPca(white, { d }).points;
  if (n < 10) {
    const none = { trustworthiness: NaN, neighborPreservation: NaN, neighbors: 0 };
    const unknown = new Float64Array(n).fill(NaN);
    return {
      umap: pca,
      pca,
      trustworthiness: unknown,
      pcaTrustworthiness: unknown,
      quality: { ...none, pca: none },
    };
  }
  const umap = projectUmap(white, { d, seed });
  const { points, perPoint, trustworthiness, neighborPreservation, neighbors } = umap;
  const onPca = trustworthinessOf(white, pca, { d, neighbors, seed });
  const quality = {
    ...{ trustworthiness, neighborPreservation, neighbors },
    ...(umap.landmarks === undefined ? {} : { landmarks: umap.landmarks }),
    ...(umap.judgedAmong === undefined ? {} : { judgedAmong: umap.judgedAmong }),
    pca: {
      trustworthiness: onPca.trustworthiness,
      neighborPreservation: onPca.neighborPreservation,
      neighbors,
    },
  };
  return { umap: points, pca, trustworthiness: perPoint, pcaTrustworthiness: onPca.perPoint, quality };
}
