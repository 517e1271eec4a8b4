/**
 * Caput: how far a femoral head on a hip radiograph has moved from healthy. Everything public, in pipeline order.
 *
 * Research and teaching only, not a medical device.
 */
export type * from "./types.ts";

// Group comparison.
export { comparePairs } from "./stats/compare_pairs.ts";
export type { CompareOptions, Comparison, ComparisonTable } from "./stats/comparison.ts";

// The latent space on a page.
export { placeOnUmap } from "./projection/place_on_umap.ts";
export { projectPca } from "./projection/project_pca.ts";
export { projectUmap } from "./projection/project_umap.ts";
export { trustworthiness } from "./projection/trustworthiness.ts";
export { whiten } from "./projection/whiten.ts";

// Tables and files of a study.
export { numbersOf, rowCount, type Table, textsOf } from "./study/table.ts";
export { readTable } from "./study/read_table.ts";
export { writeTable } from "./study/write_table.ts";
export { writeTableFile } from "./study/write_table_file.ts";
