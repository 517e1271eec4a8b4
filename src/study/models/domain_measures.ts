import { nearestGradeDistance } from "../../normative/grade_clusters.ts";
import type { HeadCrop, LatentVector } from "../../types.ts";
import { cropLayout } from "../../vae/crop_layout.ts";
import type { Yardsticks } from "./yardsticks.ts";

/** Measures of one head that show whether it is unlike the heads of a cohort. */
export interface DomainMeasures {
  /** Every measure is a number, or null if it is not available. */
  readonly [measure: string]: number | null;
  /** Mahalanobis distance of the latent vector from the nearest grade's mean. */
  readonly code: number;
  /** Mahalanobis distance of the crop's layout (where it is bright and dark) from the nearest grade's mean. */
  readonly layout: number;
  /** Mean of the encoder's log-variances: its uncertainty. */
  readonly logVariance: number;
  /** Standard deviation of the crop's values. */
  readonly contrast: number;
  /** Mean absolute difference of horizontally neighbouring pixels, divided by the contrast: grain and sharpness; 0 without contrast. */
  readonly grain: number;
  /** Distance of the head's centre from the film's vertical midline, in film widths; null for a ready-made crop. */
  readonly filmAside: number | null;
  /** Distance of the head's centre from the top of the film, in film heights; null for a ready-made crop. */
  readonly filmHeight: number | null;
  /** Radius of the head in film widths (differs between pelvis and single-hip films); null for a ready-made crop. */
  readonly filmRadius: number | null;
}

/** Distances of a head from the nearest grade's mean: of its latent vector (`code`) and of its crop's layout. */
export function nearestGradeDistances(
  { texture, latent }: { texture: Pick<CropTexture, "layout">; latent: Pick<LatentVector, "mean"> },
  { clusters, layout }: Pick<Yardsticks, "clusters" | "layout">,
): { code: number; layout: number } {
  return {
    code: nearestGradeDistance(latent.mean, clusters)[0],
    layout: nearestGradeDistance(texture.layout, layout)[0],
  };
}

/** Position of a head on its film; `filmPx` is absent for a ready-made crop. */
export interface FilmPlace {
  readonly centerPx: readonly [number, number];
  readonly radiusPx: number;
  readonly filmPx?: readonly [number, number];
}

/** Contrast, grain and layout of a crop; for the first two see {@linkcode DomainMeasures}. */
export interface CropTexture extends Pick<DomainMeasures, "contrast" | "grain"> {
  /** Where the crop is bright and where it is dark; see `cropLayout`. */
  readonly layout: Float64Array; // [LAYOUT_VALUES]
}

/** Computes contrast, grain and layout of one crop. */
export function cropTexture({ pixels, sizePx }: Pick<HeadCrop, "pixels" | "sizePx">): CropTexture {
  let sum = 0, squares = 0, steps = 0;
  for (let i = 0; i < pixels.length; i++) {
    sum += pixels[i];
    squares += pixels[i] * pixels[i];
    if ((i + 1) % sizePx !== 0) steps += Math.abs(pixels[i + 1] - pixels[i]);
  }
  const mean = sum / pixels.length;
  const contrast = Math.sqrt(Math.max(0, squares / pixels.length - mean * mean));
  return {
    contrast,
    grain: contrast > 0 ? steps / (sizePx * (sizePx - 1)) / contrast : 0,
    layout: cropLayout({ pixels, sizePx }),
  };
}

/** Collects the measures of one head; `code` and `layout` are its distances from the nearest grade's mean. */
export function domainMeasures(
  { contrast, grain }: Pick<CropTexture, "contrast" | "grain">,
  { logVariance }: Pick<LatentVector, "logVariance">,
  { code, layout, place }: { code: number; layout: number; place: FilmPlace },
): DomainMeasures {
  return {
    code,
    layout,
    logVariance: logVariance.reduce((total, value) => total + value, 0) / logVariance.length,
    contrast,
    grain,
    ...placeMeasures(place),
  };
}

function placeMeasures({ centerPx: [x, y], radiusPx, filmPx }: FilmPlace) {
  if (!filmPx) return { filmAside: null, filmHeight: null, filmRadius: null };
  const [width, height] = filmPx;
  return { filmAside: Math.abs(x / width - 0.5), filmHeight: y / height, filmRadius: radiusPx / width };
}
