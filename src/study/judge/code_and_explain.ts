import { FROM_MODELS } from "./from_models.ts";
import { isInputError } from "../../input_error.ts";
import type { GreyImage, HeadCrop, Plan } from "../../types.ts";
import { decodeLatents } from "../../vae/decode_latents.ts";
import { residualMap, residualScore } from "../../vae/residual_map.ts";
import { type ResidualScale, residualSums } from "../../vae/residual_scale.ts";
import { wholeCode } from "../../vae/whole_code.ts";
import type { JudgedHead } from "../cohort/film_job.ts";
import { freshHeadPictures } from "./write_head_pictures.ts";
import { cropFromBytes } from "../measure/crop_bytes.ts";
import { type CropFile, openCrops } from "../measure/kept_crops.ts";
import type { CropTexture } from "../models/domain_measures.ts";
import { type Autoencoder, codeHeads } from "./code_heads.ts";
import { type StoredLatents, storeLatents } from "./stored_latents.ts";
import type { HeadBatch, WorkedBatch } from "./work_batch.ts";
import { workOnHeads } from "./work_on_heads.ts";

/** Minimum number of heads for which workers are started; with fewer, starting them takes longer than it saves. */
const MANY = 300;
/** Heads whose crops are in memory at a time, in each worker. */
const BATCH = 64;
/**
 * Largest number of validation heads for which each is measured again with the residual scale of the others. With more,
 * a single head hardly changes the scale.
 */
const LEFT_OUT_AT_MOST = 1000;

/** Options of {@linkcode codeAndExplain}. */
export interface CodeAndExplainOptions extends Autoencoder {
  /** Bytes of the networks. If they are given, large cohorts are processed by workers. */
  bytes?: { readonly encoder: Uint8Array; readonly decoder: Uint8Array };
  plan: Pick<Plan, "crop">;
  /** The heads, in the order of their crops. */
  heads: readonly Pick<JudgedHead, "headId" | "side">[];
  /** Indices of the healthy validation heads, from which the residual scale is estimated. */
  validation: readonly number[];
  /** Residual scale to use if there are too few validation heads. @default none: too few are an error */
  fallback?: ResidualScale;
  /** Study folder for the pictures of each head. @default no pictures are written */
  pictures?: string;
  signal?: AbortSignal;
  /** Called with twice the number of finished heads, because a head has two steps, encoding and decoding. */
  onHalves?: (done: number, stage: string) => void;
}

/** Latent vectors, residuals and textures of all heads. */
export interface CodedAndExplained {
  readonly latents: StoredLatents;
  readonly scale: ResidualScale;
  /** Residual scores. */
  readonly residuals: Float64Array; // [n]
  /**
   * Residual scores of the validation heads, each with the scale of the other validation heads; null if the scale is
   * the fallback or there are more than 1000 validation heads.
   */
  readonly leftOutResiduals: Float64Array | null; // [validation heads]
  readonly textures: readonly CropTexture[];
  /** Why the fallback was used instead of the cohort's own residual scale; null if the cohort's own was used. */
  readonly note: string | null;
}

/**
 * Estimates the residual scale from healthy validation heads, encodes every head, computes its residual, and writes its
 * pictures. Crops are read from disk batch by batch, and only numbers stay in memory. With the same residual scale, the
 * result of a head does not depend on other heads or on the number of cores.
 *
 * @throws {InputError} if there are too few validation heads for a residual scale and no fallback.
 */
export async function codeAndExplain(
  crops: readonly CropFile[],
  options: CodeAndExplainOptions,
): Promise<CodedAndExplained> {
  const { encoder, decoder, bytes, plan, heads, pictures, signal, onHalves } = options;
  const fixed = await fixScale(crops, options), { scale } = fixed;
  if (pictures !== undefined) await freshHeadPictures(pictures);
  const jobs: HeadBatch[] = [];
  for (let from = 0; from < heads.length; from += BATCH) {
    const some = heads.slice(from, from + BATCH);
    jobs.push({ from, headIds: some.map((head) => head.headId), sides: some.map((head) => head.side) });
  }
  const numbers = gatherNumbers(heads.length);
  let done = 0;
  await workOnHeads(jobs, {
    ...{ crops, scale, plan, pictures, encoder, decoder, signal },
    bytes: heads.length < MANY ? undefined : bytes,
    onBatch: (batch, worked) => {
      numbers.put(batch.from, worked);
      onHalves?.(2 * (done += batch.sides.length), "encoding and decoding");
    },
  });
  return { ...numbers.all(), ...fixed };
}

/** Collects the numbers of all batches. */
function gatherNumbers(n: number) {
  const residuals = new Float64Array(n), textures: CropTexture[] = new Array(n), latents = storeLatents(n);
  return {
    put(from: number, worked: WorkedBatch) {
      latents.put(from, worked.latents);
      residuals.set(worked.residuals, from);
      worked.textures.forEach((texture, k) => textures[from + k] = texture);
    },
    all: () => ({ latents, residuals, textures }),
  };
}

/** The residual scale of the validation heads, or the fallback with the reason. */
async function fixScale(
  crops: readonly CropFile[],
  options: CodeAndExplainOptions,
): Promise<Pick<CodedAndExplained, "scale" | "leftOutResiduals" | "note">> {
  const { plan, validation, fallback } = options;
  const { sizePx, halfSideRadii } = plan.crop, sums = residualSums(sizePx);
  await decodeValidation(crops, options, (crop, image) => sums.add(crop, image));
  let scale: ResidualScale;
  try {
    scale = sums.scale();
  } catch (error) {
    if (fallback === undefined || !isInputError(error)) throw error;
    return {
      scale: fallback,
      leftOutResiduals: null,
      note: `${error.message}; residual scale: ${FROM_MODELS}`,
    };
  }
  if (validation.length > LEFT_OUT_AT_MOST) return { scale, leftOutResiduals: null, note: null };
  const scores: number[] = [];
  await decodeValidation(crops, options, (crop, image) => {
    const z = residualMap(crop, image, { scale: sums.scaleWithout(crop, image) });
    scores.push(residualScore(z, { sizePx, halfSideRadii }));
  });
  return { scale, leftOutResiduals: Float64Array.from(scores), note: null };
}

/** Calls `onHead` with the crop and the reconstruction of each validation head, in the order of `validation`. */
async function decodeValidation(
  crops: readonly CropFile[],
  { encoder, decoder, plan, heads, validation, signal }: CodeAndExplainOptions,
  onHead: (crop: HeadCrop, reconstruction: GreyImage) => void,
): Promise<void> {
  const { sizePx } = plan.crop, reader = openCrops(crops);
  for (let at = 0; at < validation.length; at += BATCH) {
    const which = validation.slice(at, at + BATCH);
    const some = reader.read(which).map((bytes, k) =>
      cropFromBytes(bytes, { side: heads[which[k]].side, sizePx })
    );
    const images = await decodeLatents((await codeHeads(some, { encoder, signal })).map(wholeCode), decoder);
    some.forEach((crop, k) => onHead(crop, images[k]));
  }
}
