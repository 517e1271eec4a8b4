import type { Device, FilmHeads, HeadMask, NormativeModel, Reference } from "../../types.ts";
import type { FilmScore, HeadScore } from "./score_radiograph.ts";

/** One head of a line of `caput segment --json`. */
export type HeadJson = Pick<HeadMask, "side" | "centerPx" | "radiusPx" | "areaPx" | "confidence" | "quality">;

/** A line of `caput segment --json`, but for its file. */
export interface SegmentJson {
  readonly heads: readonly HeadJson[];
  readonly quality: readonly string[];
}

/** One head of a line of `caput score --json`; `latent` is the encoder's mean. */
export interface HeadScoreJson extends HeadJson, Omit<HeadScore, keyof HeadMask | "crop" | "latent"> {
  readonly latent: readonly number[];
}

/** A line of `caput score --json`, but for its file. */
export interface ScoreJson {
  readonly heads: readonly HeadScoreJson[];
  readonly quality: readonly string[];
  readonly reference: Reference;
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
