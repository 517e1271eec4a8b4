import type { OpenModel } from "../../onnx/open_model.ts";
import type { Device, Plan } from "../../types.ts";
import { MODEL_FILES, openUnet } from "./model_set.ts";
import { readModels, SHIPPED_MODELS } from "./read_models.ts";

/**
 * Loads only the plan and the segmentation network of a models folder.
 *
 * @throws {IntegrityError | ModelIntegrityError} if a file is missing, changed or damaged.
 * @throws {DeviceError} if the requested device cannot run the network.
 * @throws {InputError} if `threads` is not a whole number from 1.
 */
export async function loadUnet(
  folder: string = SHIPPED_MODELS,
  { device, threads }: { device?: "auto" | Device; threads?: number } = {},
): Promise<{ plan: Plan; unet: OpenModel }> {
  const { plan, files } = await readModels(folder, { need: [MODEL_FILES.unet] });
  return { plan, unet: await openUnet(files[MODEL_FILES.unet], { device, threads }) };
}
