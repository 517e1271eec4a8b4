import { resolve } from "node:path";
import type { Plan, VaePlan } from "../../types.ts";
import type { VaeModels } from "../../vae/export_vae.ts";
import { MODEL_FILES } from "../models/model_set.ts";
import { readModels } from "../models/read_models.ts";

/** Models that a training of the autoencoder starts from. */
export interface TrainingStart {
  /** Plan of the models folder, without its seeds and its lists of files. */
  readonly plan: Plan;
  /** Note for the user and the training record: name of the network and its training data. */
  readonly note: string;
  readonly network: VaeModels & Pick<VaePlan, "latentSize" | "channels">;
  /**
   * U-Net of these models, for the case that the new models folder has none: the file to copy, or, if the new folder is
   * a direct subfolder, an entry of the plan that refers to the file. Null if these models have no U-Net.
   */
  readonly unet: { readonly files: Record<string, Uint8Array>; readonly plan: Partial<Plan> } | null;
}

/**
 * Reads the models folder that a training of the autoencoder starts from.
 *
 * @param options.out models folder that the training will write
 * @throws {IntegrityError | ModelIntegrityError} if the plan, the encoder or the decoder is missing, or a hash differs.
 */
export async function startFrom(folder: string, { out }: { out: string }): Promise<TrainingStart> {
  const { encoder, decoder, unet } = MODEL_FILES;
  const { plan, files } = await readModels(folder, { need: [encoder, decoder], optional: [unet] });
  const { name, reference, vae: { latentSize, channels } } = plan;
  const below = resolve(out, "..") === resolve(folder);
  const learnt = reference.kind === "synthetic" ? "synthetic hips" : `the cohort "${reference.name}"`;
  return {
    plan: { ...plan, seeds: {}, models: {}, elsewhere: undefined },
    note: `Started from the network "${name}" (encoder ${
      plan.models[encoder].slice(0, 8)
    }), which was trained on ${learnt}.`,
    network: {
      ...{ encoder: new Uint8Array(files[encoder]), decoder: new Uint8Array(files[decoder]) },
      ...{ latentSize, channels },
    },
    unet: unet in files
      ? {
        files: below ? {} : { [unet]: files[unet] },
        plan: {
          models: { [unet]: plan.models[unet] },
          ...(below ? { elsewhere: { [unet]: `../${unet}` } } : {}),
        },
      }
      : null,
  };
}
