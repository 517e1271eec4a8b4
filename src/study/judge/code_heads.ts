import type { OpenModel } from "../../onnx/open_model.ts";
import type { GreyImage, HeadCrop, LatentVector, Plan } from "../../types.ts";
import { decodeLatents } from "../../vae/decode_latents.ts";
import { encodeCrops } from "../../vae/encode_crops.ts";
import { residualMap, residualScore } from "../../vae/residual_map.ts";
import type { ResidualScale } from "../../vae/residual_scale.ts";
import { wholeCode } from "../../vae/whole_code.ts";

/** Encoder and decoder of one autoencoder. */
export interface Autoencoder {
  readonly encoder: OpenModel;
  readonly decoder: OpenModel;
}

/** Heads per batch; it does not affect the results. */
const BATCH = 32;

/**
 * Encodes many heads to their latent vectors q(z|x).
 *
 * @param options.contrasts local contrast of the crops, if it has already been computed
 * @param options.onHeads called after each batch with the number of heads done
 */
export async function codeHeads(
  crops: readonly HeadCrop[],
  { encoder, contrasts, signal, onHeads }: {
    encoder: OpenModel;
    contrasts?: readonly Float32Array[];
    signal?: AbortSignal;
    onHeads?: (done: number) => void;
  },
): Promise<LatentVector[]> {
  const latents: LatentVector[] = [];
  for (let start = 0; start < crops.length; start += BATCH) {
    signal?.throwIfAborted();
    const end = start + BATCH, some = contrasts?.slice(start, end);
    latents.push(...await encodeCrops(crops.slice(start, end), encoder, { batch: BATCH, contrasts: some }));
    onHeads?.(latents.length);
    await pause();
  }
  return latents;
}

/** Reconstruction and residual of one head. */
export interface ExplainedHead {
  /** Reconstruction, in 8-bit grey values. */
  readonly reconstruction: Uint8Array; // [sizePx, sizePx]
  /** Residual map as an image: z-scores from -5 to +5 as grey values from 0 to 255. */
  readonly residualPicture: Uint8Array; // [sizePx, sizePx]
  /** Residual score; see `residualScore`. */
  readonly residual: number;
}

/** Decodes every head and computes its residual with the given residual scale. */
export async function explainHeads(
  crops: readonly HeadCrop[],
  latents: readonly LatentVector[],
  { decoder, scale, plan, contrasts, signal, onHeads }: {
    decoder: OpenModel;
    contrasts?: readonly Float32Array[];
    scale: ResidualScale;
    plan: Pick<Plan, "crop">;
    signal?: AbortSignal;
    onHeads?: (done: number) => void;
  },
): Promise<ExplainedHead[]> {
  const heads: ExplainedHead[] = [];
  for (let start = 0; start < crops.length; start += BATCH) {
    signal?.throwIfAborted();
    const codes = latents.slice(start, start + BATCH).map(wholeCode);
    const images = await decodeLatents(codes, decoder);
    heads.push(
      ...images.map((image, i) =>
        explainHead(crops[start + i], image, { scale, plan, contrast: contrasts?.[start + i] })
      ),
    );
    onHeads?.(heads.length);
    await pause();
  }
  return heads;
}

/** Computes the residual of one head from its crop and its reconstruction. */
export function explainHead(
  crop: HeadCrop,
  reconstruction: GreyImage,
  { scale, plan, contrast }: { scale: ResidualScale; plan: Pick<Plan, "crop">; contrast?: Float32Array },
): ExplainedHead {
  const z = residualMap(crop, reconstruction, { scale, contrast });
  const { sizePx } = crop, { halfSideRadii } = plan.crop;
  return {
    reconstruction: greyBytes(reconstruction.pixels),
    residualPicture: greyBytes(z, { offset: 5, range: 10 }),
    residual: residualScore(z, { sizePx, halfSideRadii }),
  };
}

/**
 * Scales values linearly to bytes: -offset (default 0) becomes 0, and range - offset (default 1) becomes 255. Values
 * beyond are clipped.
 */
export function greyBytes(values: Float32Array, { offset = 0, range = 1 } = {}): Uint8Array {
  const bytes = new Uint8Array(values.length);
  for (let i = 0; i < bytes.length; i++) {
    const value = 255 * Math.min(1, Math.max(0, (values[i] + offset) / range));
    bytes[i] = value + 0.5 | 0; // rounded; Math.round takes five times as long
  }
  return bytes;
}

/** Lets timers and signals run between batches, which block the thread. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
