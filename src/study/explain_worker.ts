import { openModel } from "../onnx/open_model.ts";
import type { Device, HeadCrop, LatentVector, Plan } from "../types.ts";
import type { ResidualScale } from "../vae/residual_scale.ts";
import { type ExplainedHead, explainHeads } from "./code_heads.ts";
import { serveJobs } from "./serve_jobs.ts";

/** What a worker is told before its first heads. */
export interface ExplainStart {
  readonly decoder: Uint8Array;
  readonly scale: ResidualScale;
  readonly plan: Pick<Plan, "crop">;
  readonly device: Device;
}

/** Heads to explain together. */
export interface ExplainJob {
  readonly crops: readonly HeadCrop[];
  readonly latents: readonly LatentVector[];
}

serveJobs<ExplainStart, ExplainJob, ExplainedHead[]>(async ({ decoder: bytes, scale, plan, device }) => {
  const decoder = await openModel(bytes, { device, threads: 1 });
  return async ({ crops, latents }, beat) =>
    await explainHeads(crops, latents, { decoder, scale, plan, onHeads: () => beat() });
});
