import type { Device, FilmHeads, HeadMask, NormativeModel, Reference } from "../../types.ts";
import type { FilmScore, HeadScore } from "./score_film.ts";

/** One head in a line of `caput segment --json`. */
export type HeadJson = Pick<HeadMask, "side" | "centerPx" | "radiusPx" | "areaPx" | "confidence" | "quality">;

/** A line of `caput segment --json`, without the file name. */
export interface SegmentJson {
  /** Heads found on the film. */
  readonly heads: readonly HeadJson[];
  /** Quality codes of the film. */
  readonly quality: readonly string[];
  /** Factor by which the film's rows were resampled to make pixels square; absent if they are square. */
  readonly pixelAspect?: number;
}

/** One head in a line of `caput score --json`. */
export interface HeadScoreJson extends HeadJson, Omit<HeadScore, keyof HeadMask | "crop" | "latent"> {
  /** Mean of q(z|x): the coordinates of the latent vector in which the distance is measured. */
  readonly latent: readonly number[];
}

/** A line of `caput score --json`, without the file name. */
export interface ScoreJson {
  /** Heads found on the film with their scores. */
  readonly heads: readonly HeadScoreJson[];
  /** Quality codes of the film. */
  readonly quality: readonly string[];
  /** Factor by which the film's rows were resampled to make pixels square; absent if they are square. */
  readonly pixelAspect?: number;
  /** Reference group of the percentiles. */
  readonly reference: Reference;
  /** Device that ran the networks. */
  readonly device: Device;
}

/**
 * Converts a head to JSON. If the film was resampled to square pixels, centre and area are given in stored pixels, the
 * radius in pixels along a row.
 */
function headJson(head: HeadMask, pixelAspect = 1): HeadJson {
  const { side, centerPx: [x, y], radiusPx, areaPx, confidence, quality } = head;
  const stored = pixelAspect === 1
    ? { centerPx: head.centerPx, areaPx }
    : { centerPx: [x, (y + 0.5) / pixelAspect - 0.5] as const, areaPx: areaPx / pixelAspect };
  return { side, centerPx: stored.centerPx, radiusPx, areaPx: stored.areaPx, confidence, quality };
}

/** Converts the heads found on a film to plain JSON. */
export function segmentJson({ heads, quality, pixelAspect }: FilmHeads): SegmentJson {
  return { heads: heads.map((head) => headJson(head, pixelAspect)), quality, ...aspect(pixelAspect) };
}

function aspect(pixelAspect: number | undefined): { pixelAspect?: number } {
  return pixelAspect === undefined ? {} : { pixelAspect };
}

/** Converts the scores of a film to plain JSON, with the reference group and the device. */
export function scoreJson(
  { heads, quality, pixelAspect }: FilmScore,
  { normative, device }: { normative: NormativeModel; device: Device },
): ScoreJson {
  return {
    heads: heads.map((head) => {
      const { distance, percentile, percentileInterval, tailProbability } = head;
      const { residual, combined, nearestGrades, outOfDomain, outOfDomainReasons, latent } = head;
      return {
        ...headJson(head, pixelAspect),
        ...{ distance, percentile, percentileInterval, tailProbability },
        ...{ residual, combined, nearestGrades, outOfDomain, outOfDomainReasons },
        latent: Array.from(latent.mean),
      };
    }),
    quality,
    ...aspect(pixelAspect),
    reference: normative.reference,
    device,
  };
}
