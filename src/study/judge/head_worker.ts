import { openModel } from "../../onnx/open_model.ts";
import type { Device, LatentVector, Plan, Side } from "../../types.ts";
import { localContrast } from "../../vae/local_contrast.ts";
import type { ResidualScale } from "../../vae/residual_scale.ts";
import { codeHeads, type ExplainedHead, explainHeads } from "./code_heads.ts";
import { cropFromBytes } from "../measure/crop_bytes.ts";
import { serveJobs } from "../../workers/serve_jobs.ts";

/** Start message of a worker. */
export interface HeadStart {
  readonly encoder: Uint8Array;
  readonly decoder: Uint8Array;
  readonly scale: ResidualScale;
  readonly plan: Pick<Plan, "crop">;
  readonly device: Device;
}

/** Heads that are processed together. */
export interface HeadJob {
  /** Quantised crops, [sizePx, sizePx] each. */
  readonly crops: readonly Uint8Array[];
  readonly sides: readonly Side[];
}

/** Their latent vectors and residuals. */
export interface WorkedHeads {
  readonly latents: LatentVector[];
  readonly explained: ExplainedHead[];
}

serveJobs<HeadStart, HeadJob, WorkedHeads>(async (start) => {
  const { scale, plan, device } = start, { sizePx } = plan.crop;
  const encoder = await openModel(start.encoder, { device, threads: 1 });
  const decoder = await openModel(start.decoder, { device, threads: 1 });
  return async ({ crops: bytes, sides }, beat) => {
    const crops = bytes.map((each, i) => cropFromBytes(each, { side: sides[i], sizePx }));
    const contrasts = crops.map(({ pixels }) => localContrast(pixels, sizePx)); // for encoding and residual
    const latents = await codeHeads(crops, { encoder, contrasts, onHeads: beat });
    const explained = await explainHeads(crops, latents, { decoder, scale, plan, contrasts, onHeads: beat });
    return { latents, explained };
  };
});
