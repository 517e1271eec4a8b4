import type { CombinedScale } from "../../normative/combined_score.ts";
import type { OrdinalModel } from "../../normative/fit_ordinal.ts";
import type { GradeClusters } from "../../normative/grade_clusters.ts";
import type { Domain } from "../../normative/out_of_domain.ts";
import type { HeadCrop, LatentVector } from "../../types.ts";

/** Calibration of scores, fixed before any test, in addition to the normative model: scale of the combined score, grade means, domain limits and staging model. Plain JSON. */
export interface Yardsticks {
  /** Type tag, the same for every object of this type. */
  readonly kind: "yardsticks";
  /** Scale and weights of the combined score, from healthy validation heads. */
  readonly combined: CombinedScale;
  /** Mean of each grade in the latent space. */
  readonly clusters: GradeClusters;
  /** Domain limits, from validation and held-out heads of every grade. */
  readonly domain: Domain;
  /** The staging model over latents, distance and residual; null if the cohort has only one grade. */
  readonly staging: OrdinalModel | null;
}

/** @throws {TypeError} if a JSON value is not of this shape. */
export function readYardsticks(json: unknown): Yardsticks {
  const { kind, combined, clusters, domain, staging } = (json ?? {}) as Partial<Yardsticks>;
  const fits = kind === "yardsticks" && combined?.kind === "combined-scale" &&
    clusters?.kind === "grade-clusters" && domain?.kind === "domain" &&
    (staging === null || staging?.kind === "ordinal-model");
  if (!fits) {
    throw new TypeError("Cannot read the yardsticks: it must have combined, clusters, domain and staging");
  }
  const limits = Object.values(domain.measures);
  const numbers = [combined.distance, combined.residual, ...limits]
    .flatMap(({ median, spread }) => [median, spread])
    .concat(limits.map(({ limit }) => limit), clusters.means.flat(), clusters.lower.flat());
  if (!numbers.every((value) => typeof value === "number" && Number.isFinite(value))) {
    throw new TypeError(
      "Cannot read the yardsticks: scales, limits, means and factor must be finite numbers",
    );
  }
  return { kind, combined, clusters, domain, staging };
}

/** Measures for detecting a head that differs from the cohort. */
export interface DomainMeasures {
  /** The measure. */
  readonly [measure: string]: number | null;
  /** Mahalanobis distance of the latent vector from the nearest grade's mean. */
  readonly code: number;
  /** Mean of the encoder's log-variances: its uncertainty. */
  readonly logVariance: number;
  /** Standard deviation of the crop's values. */
  readonly contrast: number;
  /** Mean difference of neighbouring pixels divided by the contrast: grain and sharpness. */
  readonly grain: number;
  /** Distance of the head from the film's vertical midline, in film widths; null for a ready-made crop. */
  readonly filmAside: number | null;
  /** Vertical position of the head on the film, in film heights; null for a ready-made crop. */
  readonly filmHeight: number | null;
  /** Radius of the head in film widths (differs between pelvis and single-hip films); null for a ready-made crop. */
  readonly filmRadius: number | null;
}

/** Position of a head on its film; `filmPx` is absent for a ready-made crop. */
export interface FilmPlace {
  readonly centerPx: readonly [number, number];
  readonly radiusPx: number;
  readonly filmPx?: readonly [number, number];
}

/** Contrast and grain of a crop; see {@linkcode DomainMeasures}. */
export type CropTexture = Pick<DomainMeasures, "contrast" | "grain">;

/** Contrast and grain of one crop. */
export function cropTexture({ pixels, sizePx }: Pick<HeadCrop, "pixels" | "sizePx">): CropTexture {
  let sum = 0, squares = 0, steps = 0;
  for (let i = 0; i < pixels.length; i++) {
    sum += pixels[i];
    squares += pixels[i] * pixels[i];
    if ((i + 1) % sizePx !== 0) steps += Math.abs(pixels[i + 1] - pixels[i]);
  }
  const mean = sum / pixels.length;
  const contrast = Math.sqrt(Math.max(0, squares / pixels.length - mean * mean));
  return { contrast, grain: contrast > 0 ? steps / (sizePx * (sizePx - 1)) / contrast : 0 };
}

/** Measures of one head, `code` being its distance from the nearest grade. */
export function domainMeasures(
  { contrast, grain }: CropTexture,
  { logVariance }: Pick<LatentVector, "logVariance">,
  { code, place }: { code: number; place: FilmPlace },
): DomainMeasures {
  return {
    code,
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
