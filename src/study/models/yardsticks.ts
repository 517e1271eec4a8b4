import type { CombinedScale } from "../../normative/combined_score.ts";
import type { OrdinalModel } from "../../normative/fit_ordinal.ts";
import type { GradeClusters } from "../../normative/grade_clusters.ts";
import type { Domain } from "../../normative/out_of_domain.ts";
import type { HeadCrop, LatentVector } from "../../types.ts";

/** What was fixed on training and validation heads before anything was tested, beside the normative model. Plain JSON. */
export interface Yardsticks {
  /** Type tag, the same for every object of this type. */
  readonly kind: "yardsticks";
  /** Scale and weights of the combined score, from healthy validation heads. */
  readonly combined: CombinedScale;
  /** Where the heads of each grade lie in the latent space. */
  readonly clusters: GradeClusters;
  /** What the cohort's heads look like, from validation and held-out heads of every grade. */
  readonly domain: Domain;
  /** The staging model over latents, distance and residual; null where the cohort has one grade only. */
  readonly staging: OrdinalModel | null;
}

/** @throws {TypeError} if a JSON value is not of this shape. */
export function readYardsticks(json: unknown): Yardsticks {
  const { kind, combined, clusters, domain, staging } = (json ?? {}) as Partial<Yardsticks>;
  const fits = kind === "yardsticks" && combined?.kind === "combined-scale" &&
    clusters?.kind === "grade-clusters" && domain?.kind === "domain" &&
    (staging === null || staging?.kind === "ordinal-model");
  if (!fits) {
    throw new TypeError("Cannot read the yardsticks: combined, clusters, domain and staging are expected");
  }
  const limits = Object.values(domain.measures);
  const numbers = [combined.distance, combined.residual, ...limits]
    .flatMap(({ median, spread }) => [median, spread])
    .concat(limits.map(({ limit }) => limit), clusters.means.flat(), clusters.lower.flat());
  if (!numbers.every((value) => typeof value === "number" && Number.isFinite(value))) {
    throw new TypeError("Cannot read the yardsticks: scales, limits, means and factor are finite numbers");
  }
  return { kind, combined, clusters, domain, staging };
}

/** What tells a head of another kind. */
export interface DomainMeasures {
  /** The measure. */
  readonly [measure: string]: number | null;
  /** Distance of the code from the nearest grade's mean. */
  readonly code: number;
  /** Mean of the encoder's log-variances: how sure it is. */
  readonly logVariance: number;
  /** Standard deviation of the crop's values. */
  readonly contrast: number;
  /** Mean difference of neighbouring pixels over the contrast: grain and sharpness. */
  readonly grain: number;
  /** Where the head lies on its film: distance from the middle line in film widths, height in film heights. */
  readonly filmAside: number | null;
  /** Height of the head on the film. */
  readonly filmHeight: number | null;
  /** The head's radius in film widths: a whole pelvis or one hip. */
  readonly filmRadius: number | null;
}

/** Where on which film a head was found; `filmPx` is missing where a ready crop was given. */
export interface FilmPlace {
  readonly centerPx: readonly [number, number];
  readonly radiusPx: number;
  readonly filmPx?: readonly [number, number];
}

/** Measures of one head, `code` being its distance from the nearest grade. */
export function domainMeasures(
  { pixels, sizePx }: Pick<HeadCrop, "pixels" | "sizePx">,
  { logVariance }: Pick<LatentVector, "logVariance">,
  { code, place }: { code: number; place: FilmPlace },
): DomainMeasures {
  let sum = 0, squares = 0, steps = 0;
  for (let i = 0; i < pixels.length; i++) {
    sum += pixels[i];
    squares += pixels[i] * pixels[i];
    if ((i + 1) % sizePx !== 0) steps += Math.abs(pixels[i + 1] - pixels[i]);
  }
  const mean = sum / pixels.length;
  const contrast = Math.sqrt(Math.max(0, squares / pixels.length - mean * mean));
  return {
    code,
    logVariance: logVariance.reduce((total, value) => total + value, 0) / logVariance.length,
    contrast,
    grain: contrast > 0 ? steps / (sizePx * (sizePx - 1)) / contrast : 0,
    ...placeMeasures(place),
  };
}

function placeMeasures({ centerPx: [x, y], radiusPx, filmPx }: FilmPlace) {
  if (!filmPx) return { filmAside: null, filmHeight: null, filmRadius: null };
  const [width, height] = filmPx;
  return { filmAside: Math.abs(x / width - 0.5), filmHeight: y / height, filmRadius: radiusPx / width };
}
