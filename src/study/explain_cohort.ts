import type { OpenModel } from "../onnx/open_model.ts";
import type { HeadCrop, LatentVector, Plan } from "../types.ts";
import { decodeLatents } from "../vae/decode_latents.ts";
import { type ResidualScale, residualScale } from "../vae/residual_scale.ts";
import { type ExplainedHead, explainHeads } from "./code_heads.ts";
import { workOnHeads } from "./work_on_heads.ts";

/** From so many heads on, more workers are worth their start. */
const MANY = 300;

/** Options of {@linkcode explainCohort}. */
export interface ExplainCohortOptions {
  decoder: OpenModel;
  /** The decoder's file: with it, many heads are worked on by every core. */
  decoderBytes?: Uint8Array;
  plan: Pick<Plan, "crop">;
  /** Healthy validation heads, which set the residual scale. */
  validation: readonly number[];
  /** The scale where they are too few. @default none: too few are an error */
  fallback?: ResidualScale;
  signal?: AbortSignal;
  onHeads?: (done: number) => void;
}

/** What is left of each head beside its picture. */
export interface ExplainedCohort {
  readonly scale: ResidualScale;
  readonly explained: readonly ExplainedHead[];
  /** Why the scale is not the cohort's own. */
  readonly note: string | null;
}

/**
 * Fixes the residual scale on healthy validation heads and judges every head by it. Bytes do not depend on the number of heads or
 * cores, as each head stands for itself.
 *
 * @throws {RangeError} if the validation heads are too few for a scale and there is no other.
 */
export async function explainCohort(
  crops: readonly HeadCrop[],
  latents: readonly LatentVector[],
  options: ExplainCohortOptions,
): Promise<ExplainedCohort> {
  const { decoder, decoderBytes, plan, validation, signal, onHeads } = options;
  const { scale, note } = await fixScale(
    validation.map((i) => crops[i]),
    validation.map((i) => latents[i]),
    options,
  );
  if (!decoderBytes || crops.length < MANY) {
    const explained = await explainHeads(crops, latents, { decoder, scale, plan, signal, onHeads });
    return { scale, explained, note };
  }
  const start = { decoder: decoderBytes, scale, plan, device: decoder.device };
  return { scale, explained: await workOnHeads(crops, latents, { ...start, signal, onHeads }), note };
}

/** The residual scale of these heads, or the fallback with the reason. */
async function fixScale(
  crops: readonly HeadCrop[],
  latents: readonly LatentVector[],
  { decoder, fallback }: ExplainCohortOptions,
): Promise<{ scale: ResidualScale; note: string | null }> {
  const images = await decodeLatents(latents.map((latent) => latent.mean), decoder);
  try {
    return { scale: residualScale(crops, images), note: null };
  } catch (error) {
    if (fallback === undefined || !(error instanceof RangeError)) throw error;
    return { scale: fallback, note: `${error.message}; the models' own was used instead.` };
  }
}
