import { openModel } from "../../onnx/open_model.ts";
import type { Device, LatentVector, Plan, Side } from "../../types.ts";
import { localContrast } from "../../vae/local_contrast.ts";
import type { ResidualScale } from "../../vae/residual_scale.ts";
import { writeExplainedHead } from "./write_head_pictures.ts";
import { cropFromBytes } from "../measure/crop_bytes.ts";
import { type CropFile, openCrops } from "../measure/kept_crops.ts";
import { type CropTexture, cropTexture } from "../models/domain_measures.ts";
import { type Autoencoder, codeHeads, explainHeads } from "./code_heads.ts";

/** Data that every batch of heads needs, in a form that can be sent to a worker. */
export interface BatchBasis {
  /** Location of the crops of all heads. */
  readonly crops: readonly CropFile[];
  readonly scale: ResidualScale;
  readonly plan: Pick<Plan, "crop">;
  /** Study folder for the pictures of each head. @default no pictures are written */
  readonly pictures?: string;
}

/** {@linkcode BatchBasis} with the networks' bytes. */
export interface BatchStart extends BatchBasis {
  readonly encoder: Uint8Array;
  readonly decoder: Uint8Array;
  readonly device: Device;
}

/** Consecutive heads that are processed together. */
export interface HeadBatch {
  /** Index of the first head of the batch. */
  readonly from: number;
  readonly headIds: readonly string[];
  readonly sides: readonly Side[];
}

/** Numeric results of a batch, without its pictures, which are written to disk. */
export interface WorkedBatch {
  readonly latents: readonly LatentVector[];
  readonly residuals: Float64Array;
  readonly textures: readonly CropTexture[];
}

/**
 * Opens the networks and returns the function that processes a batch; used in workers, which cannot share open
 * networks.
 */
export async function startBatches({ encoder, decoder, device, ...basis }: BatchStart) {
  const networks = {
    encoder: await openModel(encoder, { device, threads: 1 }),
    decoder: await openModel(decoder, { device, threads: 1 }),
  };
  return batchWork({ ...basis, ...networks });
}

/**
 * Returns a function that encodes the heads of a batch, computes their residuals, and writes their pictures. The result
 * of a batch does not depend on other batches.
 */
export function batchWork({ encoder, decoder, scale, plan, pictures, ...basis }: BatchBasis & Autoencoder) {
  const reader = openCrops(basis.crops), { sizePx } = plan.crop;
  return async ({ from, headIds, sides }: HeadBatch, beat?: () => void): Promise<WorkedBatch> => {
    const bytes = reader.read(sides.map((_, i) => from + i));
    const crops = bytes.map((each, i) => cropFromBytes(each, { side: sides[i], sizePx }));
    const contrasts = crops.map(({ pixels }) => localContrast(pixels, sizePx)); // for encoding and residual
    const latents = await codeHeads(crops, { encoder, contrasts, onHeads: beat });
    const explained = await explainHeads(crops, latents, { decoder, scale, plan, contrasts, onHeads: beat });
    if (pictures !== undefined) {
      for (const [i, headId] of headIds.entries()) {
        await writeExplainedHead(pictures, { headId, crop: bytes[i], ...explained[i], sizePx });
        if (i % 16 === 0) beat?.();
      }
    }
    return {
      latents,
      residuals: Float64Array.from(explained, ({ residual }) => residual),
      textures: crops.map(cropTexture),
    };
  };
}
