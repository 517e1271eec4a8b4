import { combinedScore } from "../../normative/combined_score.ts";
import { type GradeShare, nearestGrades } from "../../normative/nearest_grades.ts";
import { nearestGradeDistance } from "../../normative/grade_clusters.ts";
import { outOfDomain } from "../../normative/out_of_domain.ts";
import { scoreDeviation } from "../../normative/score_deviation.ts";
import { cropHead } from "../../segmentation/crop_head.ts";
import { segmentHeads } from "../../segmentation/segment_heads.ts";
import type { Deviation, HeadCrop, HeadMask, LatentVector, Radiograph } from "../../types.ts";
import { decodeLatent } from "../../vae/decode_latents.ts";
import { encodeCrop } from "../../vae/encode_crops.ts";
import { type ExplainedHead, explainHead } from "../judge/code_heads.ts";
import type { Models } from "../models/model_set.ts";
import { domainMeasures, type FilmPlace } from "../models/yardsticks.ts";
import { wholeCode } from "../../vae/whole_code.ts";

/** One head's place among the healthy, and what is to be said of it. */
export interface HeadScore extends HeadMask, Omit<Deviation, "kind"> {
  /** What the networks saw of it. */
  readonly crop: HeadCrop;
  /** The latent vector. */
  readonly latent: LatentVector;
  /** What the decoder could not draw, on the cohort's one scale. */
  readonly residual: number;
  /** Distance and residual as one number: 0 is the typical healthy head. */
  readonly combined: number;
  /** Grades this head looks like, by the staging model; empty where there is none. */
  readonly nearestGrades: readonly GradeShare[];
  /** The head is unlike those of the reference cohort, healthy or diseased. */
  readonly outOfDomain: boolean;
  /** What about it: `code`, `logVariance`, `contrast`, `grain`, `filmAside`, `filmHeight`, `filmRadius`. */
  readonly outOfDomainReasons: readonly string[];
}

/** Every head of one film. */
export interface FilmScore {
  /** The heads. */
  readonly heads: readonly HeadScore[];
  /** Codes of the whole film, such as `no-head` or `one-head`. */
  readonly quality: readonly string[];
  /** Of the film; see `Radiograph`. @default {1} */
  readonly pixelAspect?: number;
}

/** From a film already read to the deviation of its heads; runs in a browser as well. */
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

/** One outlined head of a film, whoever outlined it. */
export async function scoreHead(radiograph: Radiograph, mask: HeadMask, models: Models): Promise<HeadScore> {
  const crop = cropHead(radiograph, mask, models.plan.crop);
  const latent = await encodeCrop(crop, models.encoder);
  const deviation = scoreDeviation(latent, models.normative);
  const residual = (await explainScore({ crop, latent }, models)).explained.residual;
  const place = { ...mask, filmPx: [radiograph.widthPx, radiograph.heightPx] as const };
  const verdict = judge({ crop, latent, deviation, residual, place }, models);
  return { ...mask, ...deviation, kind: mask.kind, crop, latent, residual, ...verdict };
}

/** What the decoder makes of a head's code, and what it leaves unexplained. */
export async function explainScore(
  { crop, latent }: Pick<HeadScore, "crop" | "latent">,
  { decoder, residualScale: scale, plan }: Models,
): Promise<{ crop: HeadCrop; explained: ExplainedHead }> {
  const reconstruction = await decodeLatent(wholeCode(latent), decoder);
  return { crop, explained: explainHead(crop, reconstruction, { scale, plan }) };
}

/** What the yardsticks say beside the distance. */
function judge(
  { crop, latent, deviation: { distance }, residual, place }: {
    crop: HeadCrop;
    latent: LatentVector;
    deviation: Deviation;
    residual: number;
    place: FilmPlace;
  },
  { yardsticks: { combined, clusters, staging, domain } }: Models,
): Pick<HeadScore, "combined" | "nearestGrades" | "outOfDomain" | "outOfDomainReasons"> {
  const [fromGrades] = nearestGradeDistance(latent.mean, clusters);
  const verdict = outOfDomain(domainMeasures(crop, latent, { code: fromGrades, place }), domain);
  return {
    combined: combinedScore({ distance, residual }, combined),
    nearestGrades: staging ? nearestGrades([...latent.mean, distance, residual], staging) : [],
    outOfDomain: verdict.outOfDomain,
    outOfDomainReasons: verdict.reasons.map(({ measure }) => measure),
  };
}
