import type { Device, FilmHeads, HeadMask, NormativeModel, Reference } from "../../types.ts";
import type { FilmScore, HeadScore } from "./score_radiograph.ts";

/** One head of a line of `caput segment --json`. */
export type HeadJson = Pick<HeadMask, "side" | "centerPx" | "radiusPx" | "areaPx" | "confidence" | "quality">;

/** A line of `caput segment --json`, but for its file. */
export interface SegmentJson {
  /** The heads. */
  readonly heads: readonly HeadJson[];
  /** Quality codes. */
  readonly quality: readonly string[];
}

/** One head of a line of `caput score --json`; `latent` is the encoder's mean. */
export interface HeadScoreJson extends HeadJson, Omit<HeadScore, keyof HeadMask | "crop" | "latent"> {
  /** The latent vector. */
  readonly latent: readonly number[];
}

/** A line of `caput score --json`, but for its file. */
export interface ScoreJson {
  /** The heads. */
  readonly heads: readonly HeadScoreJson[];
  /** Quality codes. */
  readonly quality: readonly string[];
  /** The healthy heads that percentiles refer to. */
  readonly reference: Reference;
  /** The device. */
  readonly device: Device;
}

function headJson({ side, centerPx, radiusPx, areaPx, confidence, quality }: HeadMask): HeadJson {
  return { side, centerPx, radiusPx, areaPx, confidence, quality };
}

/** What was found on a film, as plain JSON. */
export function segmentJson({ heads, quality }: FilmHeads): SegmentJson {
  return { heads: heads.map(headJson), quality };
}

/** How a film scored, as plain JSON, its reference named. */
export function scoreJson(
  { heads, quality }: FilmScore,
  { normative, device }: { normative: NormativeModel; device: Device },
): ScoreJson {
  return {
    heads: heads.map((head) => {
      const { distance, percentile, percentileInterval, tailProbability } = head;
      const { residual, combined, nearestGrades, outOfDomain, outOfDomainReasons, latent } = head;
      return {
        ...headJson(head),
        ...{ distance, percentile, percentileInterval, tailProbability },
        ...{ residual, combined, nearestGrades, outOfDomain, outOfDomainReasons },
        latent: Array.from(latent.mean),
      };
    }),
    quality,
    reference: normative.reference,
    device,
  };
}
