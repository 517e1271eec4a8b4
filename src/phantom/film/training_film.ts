import type { Prng } from "../../array/seeded_prng.ts";
import type { Grade } from "../../types.ts";
import type { HeadTruth } from "./head_truth.ts";
import { samplePatient } from "../patient/sample_patient.ts";
import type { Film } from "./film.ts";
import { takeFilm } from "./take_film.ts";

/** One film for training the segmentation network. */
export interface TrainingFilm {
  /** Width in pixels. */
  readonly widthPx: number;
  /** Height in pixels. */
  readonly heightPx: number;
  /** Grey values, 0 to 1; bone is bright unless `inverted`. */
  readonly pixels: Float32Array; // [heightPx, widthPx]
  /** 1 on natural femoral heads, 0 elsewhere. */
  readonly mask: Uint8Array; // [heightPx, widthPx]
  /** The natural heads on the film. */
  readonly heads: readonly HeadTruth[];
  /** Replaced hips: centre of the joint and radius of the original head, px. */
  readonly implants: Film["implants"];
  /** Hips whose head was removed and not replaced. */
  readonly emptySockets: Film["emptySockets"];
  /** Whether the grey values are inverted. */
  readonly inverted: boolean;
  /**
   * Content of the film: a pelvis, one hip, or `negative` if it was made to show no natural head. A `pelvis` or `hip`
   * film may also show no natural head, for example if its hips are replaced.
   */
  readonly kind: "pelvis" | "hip" | "negative";
}

/**
 * A film for training the segmentation network, at network resolution, with widely varied patient, view and processing.
 *
 * @param options.sizePx longer side of the film, px; 512 by default
 * @param options.negativeShare probability that the film is made to show no natural head; 0.12 by default
 */
export function trainingFilm(prng: Prng, { sizePx = 512, negativeShare = 0.12 } = {}): TrainingFilm {
  const chance = prng() / negativeShare;
  const subject = chance < 0.5 ? "other" : chance < 0.8 ? "replaced" : chance < 1 ? "above" : "hips";
  const grade = (): Grade => prng() < 0.72 ? 0 : (1 + prng.integer(4)) as Grade;
  const patient = samplePatient(prng, { setting: "training", grades: [grade(), grade()], subject });
  const tall = patient.view.heightMm / patient.view.widthMm;
  const { display: { widthPx, heightPx, values: pixels }, heads, implants, emptySockets } = takeFilm(
    patient,
    {
      widthPx: tall > 1 ? Math.round(sizePx / tall) : sizePx,
      heightPx: tall > 1 ? sizePx : Math.round(sizePx * tall),
    },
  );
  const kind = subject !== "hips" ? "negative" : patient.view.kind === "hip" ? "hip" : "pelvis";
  const inverted = patient.processing.inverted, top = 2 ** patient.processing.bits - 1;
  for (let i = 0; i < pixels.length; i++) {
    const v = (pixels[i] * top + 0.5 | 0) / top;
    pixels[i] = inverted ? 1 - v : v;
  }
  return {
    widthPx,
    heightPx,
    pixels,
    mask: headMask(heads, widthPx, heightPx),
    heads,
    implants,
    emptySockets,
    inverted,
    kind,
  };
}

/** The outlines of all heads in one mask. */
export function headMask(heads: readonly HeadTruth[], widthPx: number, heightPx: number): Uint8Array {
  const mask = new Uint8Array(widthPx * heightPx);
  for (const { boxPx: b, mask: m } of heads) {
    for (let y = 0; y < b.height; y++) {
      for (let x = 0; x < b.width; x++) if (m[y * b.width + x]) mask[(y + b.y) * widthPx + b.x + x] = 1;
    }
  }
  return mask;
}
