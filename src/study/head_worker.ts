import { openModel } from "../onnx/open_model.ts";
import type { Device, LatentVector, Plan, Side } from "../types.ts";
import type { ResidualScale } from "../vae/residual_scale.ts";
import { type ExplainedHead, explainHeads } from "./code_heads.ts";
import { cropFromBytes } from "./quantise_crop.ts";
import { serveJobs } from "./serve_jobs.ts";

/** What a worker is told before its first heads. */
export interface HeadStart {
  readonly decoder: Uint8Array;
  readonly scale: ResidualScale;
  readonly plan: Pick<Plan, "crop">;
  readonly device: Device;
}

/** Heads to be worked on together. */
export interface HeadJob {
  /** Quantised crops, [sizePx, sizePx] each. */
  readonly crops: readonly Uint8Array[];
  readonly sides: readonly Side[];
  readonly latents: readonly LatentVector[];
}

serveJobs<HeadStart, HeadJob, ExplainedHead[]>(async (start) => {
  const { scale, plan, device } = start, { sizePx } = plan.crop;
  const decoder = await openModel(start.decoder, { device, threads: 1 });
  return async ({ crops: bytes, sides, latents }, beat) => {
    const crops = bytes.map((each, i) => cropFromBytes(each, { side: sides[i], sizePx }));
    return await explainHeads(crops, latents, { decoder, scale, plan, onHeads: beat });
  };
});
