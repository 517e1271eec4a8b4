/**
 * Training of the segmentation network (U-Net) and the variational autoencoder (VAE).
 *
 * @module
 */
export { InputError } from "./input_error.ts";
export { trainUnet } from "./segmentation/training/train_unet.ts";
export { trainVae } from "./vae/train_vae.ts";
export { vaeSettings } from "./vae/vae_settings.ts";
export { trainVaeModels } from "./study/train/train_vae_models.ts";
export { trainUnetModels, type TrainUnetModelsOptions } from "./study/train/train_unet_models.ts";
export { writeTrainingCard } from "./study/train/write_training_card.ts";
export type { FilmPool } from "./segmentation/training/film_pool.ts";
export type { TrainedUnet, TrainUnetOptions } from "./segmentation/training/train_unet.ts";
export type { TrainedVaeModels, TrainVaeModelsOptions } from "./study/train/train_vae_models.ts";
export type { TrainedVae, TrainVaeOptions, VaeCrops } from "./vae/train_vae.ts";
export type { VaeSettings } from "./vae/vae_settings.ts";
export type { UnetSettings } from "./segmentation/training/unet_recipe.ts";
export type { JudgedCohort } from "./study/judge/judge_cohort.ts";
export type { StoredLatents } from "./study/judge/stored_latents.ts";
export type { Progress, TrainOptions, TrainResult } from "./training/loop/train_options.ts";
export type { TrainingOptions } from "./training/loop/checkpoint.ts";
export type { CropChanges, LocalChanges } from "./vae/vae_settings.ts";
export type { ExplainedHead } from "./study/judge/code_heads.ts";
export type { TrainedNetwork } from "./training/graph/export_network.ts";
export type { HistoryRow } from "./training/loop/checkpoint.ts";
export type { OptimiserSettings } from "./training/loop/optimiser.ts";
export type { Buffers } from "./training/loop/recipe.ts";
export type { Layout } from "./training/graph/layout.ts";
export type { Slot } from "./training/graph/layout.ts";
export type { Shape } from "./training/graph/value.ts";
