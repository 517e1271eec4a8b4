import type { PageStudy } from "./page_study.ts";
import type { View } from "./store.ts";

/**
 * Trustworthiness of each head on the current map, 1 if all its neighbours there are also neighbours in the latent
 * space. // [n]
 */
export function trustOf({ study, view }: { study: PageStudy; view: Readonly<View> }): Float64Array {
  return study.number(view.map === "umap" ? "trustworthiness" : "pca_trustworthiness");
}
