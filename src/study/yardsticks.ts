import type { CombinedScale } from "../normative/combined_score.ts";
import type { OrdinalModel } from "../normative/fit_ordinal.ts";
import type { Domain } from "../normative/out_of_domain.ts";

/** What was fixed on training and validation heads before anything was tested, beside the normative model. Plain JSON. */
export interface Yardsticks {
  readonly kind: "yardsticks";
  /** Scale and weights of the combined score, from healthy validation heads. */
  readonly combined: CombinedScale;
  /** What films of the cohort look like, from healthy validation heads. */
  readonly domain: Domain;
  /** The staging model over latents, distance and residual; null where the cohort has one grade only. */
  readonly staging: OrdinalModel | null;
}

/** @throws {TypeError} if a JSON value is not of this shape. */
export function readYardsticks(json: unknown): Yardsticks {
  const { kind, combined, domain, staging } = (json ?? {}) as Partial<Yardsticks>;
  const fits = kind === "yardsticks" && combined?.kind === "combined-scale" && domain?.kind === "domain" &&
    (staging === null || staging?.kind === "ordinal-model");
  if (!fits) throw new TypeError("Cannot read the yardsticks: combined, domain and staging are expected");
  const numbers = [combined.distance, combined.residual, ...Object.values(domain.measures)]
    .flatMap(({ median, spread }) => [median, spread]);
  if (!numbers.every((value) => typeof value === "number" && Number.isFinite(value))) {
    throw new TypeError("Cannot read the yardsticks: medians and spreads are finite numbers");
  }
  return { kind, combined, domain, staging };
}

/** How a head's film is drawn rather than how sick the head is. */
export interface DomainMeasures {
  readonly [measure: string]: number;
  /** Mean of the encoder's log-variances: how sure it is. */
  readonly logVariance: number;
  /** Standard deviation of the crop's values. */
  readonly contrast: number;
  /** Mean difference of neighbouring pixels over the contrast: grain and sharpness. */
  readonly grain: number;
}

/** Measures of one crop and its code. */
export function domainMeasures(
  pixels: Float32Array,
  { sizePx, logVariance }: { sizePx: number; logVariance: Float64Array },
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
    logVariance: logVariance.reduce((total, value) => total + value, 0) / logVariance.length,
    contrast,
    grain: contrast > 0 ? steps / (sizePx * (sizePx - 1)) / contrast : 0,
  };
}
