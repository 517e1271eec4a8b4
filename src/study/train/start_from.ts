import { resolve } from "node:path";
import type { Plan, VaePlan } from "../../types.ts";
import type { VaeModels } from "../../vae/export_vae.ts";
import { MODEL_FILES } from "../models/model_set.ts";
import { readModels } from "../models/read_models.ts";

/** Models to start a training from. */
export interface TrainingStart {
  /** Its plan, without files of its own. */
  readonly plan: Plan;
  /** One sentence: name of the network and its training data. */
  readonly said: string;
  readonly network: VaeModels & Pick<VaePlan, "latentSize" | "channels">;
  /**
   * Its U-Net, for a models folder that has none: a copy, or a path in the plan if that folder is a direct subfolder;
   * null if it has none.
   */
  readonly unet: { readonly files: Record<string, Uint8Array>; readonly plan: Partial<Plan> } | null;
}

/**
 * Reads the models folder that a training starts from.
 *
 * @param options.out Folder that the training will write.
 * @throws {IntegrityError | ModelIntegrityError} if it has no encoder or decoder, or a hash differs.
 */
export async function startFrom(folder: string, { out }: { out: string }): Promise<TrainingStart> {
  const { encoder, decoder, unet } = MODEL_FILES;
  const { plan, files } = await readModels(folder, { need: [encoder, decoder], optional: [unet] });
  const { name, reference, vae: { latentSize, channels } } = plan;
  const below = resolve(out, "..") === resolve(folder);
  const learnt = reference.kind === "synthetic" ? "synthetic hips" : `the cohort "${reference.name}"`;
  return {
    plan: { ...plan, seeds: {}, models: {}, elsewhere: undefined },
    said: `Started from the network "${name}" (encoder ${
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
