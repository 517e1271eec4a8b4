import { combinedScore } from "../../normative/combined_score.ts";
import { type GradeShare, nearestGrades } from "../../normative/nearest_grades.ts";
import { outOfDomain } from "../../normative/out_of_domain.ts";
import { scoreDeviation } from "../../normative/score_deviation.ts";
import { cropHead } from "../../segmentation/crop_head.ts";
import { segmentHeads } from "../../segmentation/segment_heads.ts";
import type { Deviation, HeadCrop, HeadMask, LatentVector, Radiograph } from "../../types.ts";
import { decodeLatent } from "../../vae/decode_latents.ts";
import { encodeCrop } from "../../vae/encode_crops.ts";
import { type ExplainedHead, explainHead } from "../judge/code_heads.ts";
import type { Models } from "../models/model_set.ts";
import {
  cropTexture,
  domainMeasures,
  type FilmPlace,
  nearestGradeDistances,
} from "../models/domain_measures.ts";
import { wholeCode } from "../../vae/whole_code.ts";

/** All scores of one head. */
export interface HeadScore extends HeadMask, Omit<Deviation, "kind"> {
  /** Crop that the encoder received. */
  readonly crop: HeadCrop;
  /** Latent vector of the head, q(z|x). */
  readonly latent: LatentVector;
  /** Residual score: mean absolute z-score of the 5 % of pixels in the head's circle that are reconstructed worst. */
  readonly residual: number;
  /** Combined score of distance and residual; 0 is typical of new healthy heads. */
  readonly combined: number;
  /** Probability of each grade by the staging model; empty if there is none. */
  readonly nearestGrades: readonly GradeShare[];
  /**
   * True if a measure is beyond its limit: the head differs from the heads of every grade in the cohort that the limits
   * were set on, and its scores may be unreliable.
   */
  readonly outOfDomain: boolean;
  /**
   * Names of the measures that are beyond their limits: some of `code`, `layout`, `logVariance`, `contrast`, `grain`,
   * `filmAside`, `filmHeight`, `filmRadius` (see `DomainMeasures`).
   */
  readonly outOfDomainReasons: readonly string[];
}

/** Scores of every head of one film. */
export interface FilmScore {
  /** Heads found on the film with their scores. */
  readonly heads: readonly HeadScore[];
  /** Quality codes of the whole film, such as `no-head` or `one-head`. */
  readonly quality: readonly string[];
  /** Factor by which the film's rows were resampled; see `Radiograph`. @default {1} */
  readonly pixelAspect?: number;
}

/** Segments and scores all heads of a film that has been read. Runs in a browser too. */
export async function scoreFilm(radiograph: Radiograph, models: Models): Promise<FilmScore> {
  const { heads: masks, quality, pixelAspect } = await segmentHeads(
    radiograph,
    models.unet,
    models.plan.segmentation,
  );
  const heads: HeadScore[] = [];
  for (const mask of masks) heads.push(await scoreHead(radiograph, mask, models));
  return { heads, quality, ...(pixelAspect === undefined ? {} : { pixelAspect }) };
}

/** Scores one outlined head of a film; the outline may come from the network or a human reader. */
export async function scoreHead(radiograph: Radiograph, mask: HeadMask, models: Models): Promise<HeadScore> {
  const crop = cropHead(radiograph, mask, models.plan.crop);
  const latent = await encodeCrop(crop, models.encoder);
  const deviation = scoreDeviation(latent, models.normative);
  const residual = (await explainScore({ crop, latent }, models)).explained.residual;
  const place = { ...mask, filmPx: [radiograph.widthPx, radiograph.heightPx] as const };
  const verdict = judge({ crop, latent, deviation, residual, place }, models);
  return { ...mask, ...deviation, kind: mask.kind, crop, latent, residual, ...verdict };
}

/** Reconstruction and residual map of a scored head. */
export async function explainScore(
  { crop, latent }: Pick<HeadScore, "crop" | "latent">,
  { decoder, residualScale: scale, plan }: Models,
): Promise<{ crop: HeadCrop; explained: ExplainedHead }> {
  const reconstruction = await decodeLatent(wholeCode(latent), decoder);
  return { crop, explained: explainHead(crop, reconstruction, { scale, plan }) };
}

/** Computes combined score, staging and domain check. */
function judge(
  { crop, latent, deviation: { distance }, residual, place }: {
    crop: HeadCrop;
    latent: LatentVector;
    deviation: Deviation;
    residual: number;
    place: FilmPlace;
  },
  { yardsticks }: Models,
): Pick<HeadScore, "combined" | "nearestGrades" | "outOfDomain" | "outOfDomainReasons"> {
  const { combined, staging, domain } = yardsticks, texture = cropTexture(crop);
  const far = nearestGradeDistances({ texture, latent }, yardsticks);
  const verdict = outOfDomain(domainMeasures(texture, latent, { ...far, place }), domain);
  return {
    combined: combinedScore({ distance, residual }, combined),
    nearestGrades: staging ? nearestGrades([...latent.mean, distance, residual], staging) : [],
    outOfDomain: verdict.outOfDomain,
    outOfDomainReasons: verdict.reasons.map(({ measure }) => measure),
  };
}
