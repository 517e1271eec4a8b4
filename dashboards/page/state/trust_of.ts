import type { PageStudy } from "./page_study.ts";
import type { View } from "./store.ts";

/** How far each head's neighbours on the map shown are its true neighbours. // [n] */
export function trustOf({ study, view }: { study: PageStudy; view: Readonly<View> }): Float64Array {
  return study.number(view.map === "umap" ? "trustworthiness" : "pca_trustworthiness");
}
