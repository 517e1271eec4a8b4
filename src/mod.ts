/**
 * Caput: how far a femoral head on a hip radiograph has moved from healthy. Everything public, in pipeline order.
 *
 * Research and teaching only, not a medical device.
 */
export type * from "./types.ts";

// The autoencoder: crops to codes and back.
export { type TrainedVae, trainVae, type TrainVaeOptions, type VaeCrops } from "./vae/train_vae.ts";
export { type VaeSettings, vaeSettings } from "./vae/vae_settings.ts";
export { encodeCrop, encodeCrops } from "./vae/encode_crops.ts";
export { decodeLatent, decodeLatents } from "./vae/decode_latents.ts";
export { residualMap, residualScore } from "./vae/residual_map.ts";
export {
  type ResidualScale,
  residualScale,
  residualScaleFromBytes,
  residualScaleToBytes,
} from "./vae/residual_scale.ts";
export { activeUnits, type LatentUnit } from "./vae/active_units.ts";
export { latentTraversal } from "./vae/latent_traversal.ts";
export { gradePath, type PathFrame } from "./vae/grade_path.ts";
export { readyCrop } from "./vae/ready_crop.ts";

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

// Figures.
export { deviationByGrade } from "./figures/deviation_by_grade.ts";
export { latentMap } from "./figures/latent_map.ts";
export { pairMatrix } from "./figures/pair_matrix.ts";

// For readers: a finished study, notebooks, report.
export { type HeadRecord, readStudy, type StudyRecord } from "./report/read_study.ts";
export { readPicture } from "./report/read_picture.ts";
export { show } from "./report/show.ts";
