import type { HeadCrop, LatentVector, Plan } from "../../types.ts";
import { decodeLatents } from "../../vae/decode_latents.ts";
import { type ResidualScale, residualScale } from "../../vae/residual_scale.ts";
import { wholeCode } from "../../vae/whole_code.ts";
import { type Autoencoder, codeHeads, type ExplainedHead, explainHeads } from "./code_heads.ts";
import { workOnHeads } from "./work_on_heads.ts";
import { isInputError } from "../../input_error.ts";

/** Minimum number of heads for which starting workers pays off. */
const MANY = 300;

/** Options of {@linkcode codeAndExplain}. */
export interface CodeAndExplainOptions extends Autoencoder {
  /** Bytes of the networks; with them, many heads are processed on every core. */
  bytes?: { readonly encoder: Uint8Array; readonly decoder: Uint8Array };
  plan: Pick<Plan, "crop">;
  /** Healthy validation heads, which set the residual scale. */
  validation: readonly number[];
  /** Residual scale to use if there are too few validation heads. @default none: too few are an error */
  fallback?: ResidualScale;
  signal?: AbortSignal;
  /** Progress in half heads: encoding a head counts one half, decoding the other. */
  onHalves?: (done: number, stage: string) => void;
}

/** Latent vectors and residuals of all heads. */
export interface CodedAndExplained {
  readonly latents: readonly LatentVector[];
  readonly scale: ResidualScale;
  readonly explained: readonly ExplainedHead[];
  /** Reason if the residual scale is not the cohort's own; otherwise null. */
  readonly note: string | null;
}

/**
 * Encodes every head, estimates the residual scale from healthy validation heads, and computes every head's residual. The result does not depend on the
 * number of heads or cores, because heads are processed independently.
 *
 * @throws {InputError} if the validation heads are too few for a scale and there is no other.
 */
export async function codeAndExplain(
  crops: readonly HeadCrop[],
  options: CodeAndExplainOptions,
): Promise<CodedAndExplained> {
  const { encoder, decoder, bytes, plan, validation, signal, onHalves } = options;
  const n = crops.length, few = !bytes || n < MANY;
  const coded = few ? crops : validation.map((i) => crops[i]);
  const latents = await codeHeads(coded, {
    ...{ encoder, signal },
    onHeads: few ? (done) => onHalves?.(done, "coding") : undefined,
  });
  const own = few ? validation.map((i) => latents[i]) : latents;
  const { scale, note } = await fixScale(validation.map((i) => crops[i]), own, options);
  if (few) {
    const onHeads = (done: number) => onHalves?.(n + done, "decoding");
    const explained = await explainHeads(crops, latents, { decoder, scale, plan, signal, onHeads });
    return { latents, scale, explained, note };
  }
  const onHeads = (done: number) => onHalves?.(2 * done, "encoding and decoding");
  const all = await workOnHeads(crops, { ...bytes, scale, plan, device: decoder.device, signal, onHeads });
  return { ...all, scale, note };
}

/** The residual scale of these heads, or the fallback with the reason. */
async function fixScale(
  crops: readonly HeadCrop[],
  latents: readonly LatentVector[],
  { decoder, fallback }: CodeAndExplainOptions,
): Promise<{ scale: ResidualScale; note: string | null }> {
  const images = await decodeLatents(latents.map(wholeCode), decoder);
  try {
    return { scale: residualScale(crops, images), note: null };
  } catch (error) {
    if (fallback === undefined || !isInputError(error)) throw error;
    return { scale: fallback, note: `${error.message}; the models' own was used instead.` };
  }
}
