import { components } from "../../image/components.ts";
import type { OpenModel } from "../../onnx/open_model.ts";
import { cropHead } from "../../segmentation/crop_head.ts";
import type { BoxedMask } from "../../masks/boxed_mask.ts";
import { dice, overlap } from "../../segmentation/outline/dice.ts";
import { looksLeft } from "../../segmentation/sides/looks_left.ts";
import { maskRuns } from "../../masks/bit_runs.ts";
import { outlineRadii } from "../../segmentation/outline/outline_radii.ts";
import { segmentHeads } from "../../segmentation/segment_heads.ts";
import type { CropPlan, HeadCrop, HeadMask, Radiograph, SegmentationPlan, Side } from "../../types.ts";
import { readyCrop } from "../../vae/ready_crop.ts";
import { failureOf } from "../cohort/failure_of.ts";
import type { DrawnMask } from "../cohort/read_mask.ts";
import type { ExpectedHead, Failure, FilmJob, HeadOutline, MeasuredHead } from "../cohort/film_job.ts";
import { matchHeads } from "./match_heads.ts";
import { cropToBytes } from "./crop_bytes.ts";

/** A film's pixels, and access to the reference outlines of its heads. */
export interface OpenedFilm {
  readonly radiograph: Radiograph;
  /** Returns the reference outline of a head, or null if there is none. */
  readonly truth: (head: ExpectedHead, found: HeadMask) => Promise<BoxedMask | null>;
}

/** Networks and settings needed to measure a film. */
export interface FilmTools {
  readonly unet: OpenModel | null; // null if a study has only ready-made crops
  readonly plan: { readonly segmentation: SegmentationPlan; readonly crop: CropPlan };
  /** Reads or renders the film of a job. */
  readonly openFilm: (job: FilmJob) => Promise<OpenedFilm>;
  /** Reads the image of a ready-made crop. */
  readonly readFilm: (path: string) => Promise<Radiograph>;
}

/** Heads and crops of one film, and failures. */
export interface MeasuredFilm {
  readonly heads: readonly MeasuredHead[];
  /** One quantised crop per head, [sizePx * sizePx] each. */
  readonly crops: readonly Uint8Array[];
  readonly failures: readonly Failure[];
  /** sha256 of the stored values, by film; absent for films that were not read. */
  readonly pixels: Readonly<Record<string, string>>;
  /** Side in the film's header, by film; absent for films without one. */
  readonly headerSides: Readonly<Record<string, Side>>;
}

type HeadWithCrop = { head: MeasuredHead; crop: HeadCrop };

/** Values of a head with a ready-made crop, which was not measured on a film. */
const NOT_MEASURED = {
  centerPx: [NaN, NaN],
  radiusPx: NaN,
  areaPx: NaN,
  confidence: NaN,
  headRadiusMm: NaN,
  dice: NaN,
} as const;

/** Quality codes of a film that are added to each of its heads. */
const FILM_CODES = new Set([
  "from-behind",
  "bits-stored",
  "colour",
  "signed",
  "odd-pixels",
  "odd-spacing",
  "resampled",
  "synthetic",
]);

/** Radius in mm; NaN if the film has no pixel spacing. */
function radiusMm({ pixelSpacingMm }: Radiograph, radiusPx: number): number {
  return pixelSpacingMm === null ? NaN : radiusPx * Math.sqrt(pixelSpacingMm[0] * pixelSpacingMm[1]);
}

/** Measures a head from a ready-made crop. */
async function readyHead(expected: ExpectedHead, film: string, tools: FilmTools): Promise<HeadWithCrop> {
  const { widthPx, heightPx, pixels } = await tools.readFilm(expected.crop!);
  const image = { kind: "grey-image", widthPx, heightPx, pixels } as const;
  const crop = readyCrop(image, { plan: tools.plan.crop, side: expected.side });
  return { head: { ...expected, ...NOT_MEASURED, film, quality: ["ready-crop"] }, crop };
}

/** Ray lengths of the found outline and of the reference outline, oriented as in the crop (left heads are mirrored). */
function outlinesOf(mask: HeadMask, truth: BoxedMask | null): HeadOutline {
  const { centerPx, radiusPx } = mask;
  const rays = (outline: BoxedMask) =>
    Array.from(
      outlineRadii(outline, { centerPx, radiusPx, mirror: looksLeft(mask) }),
      (r) => Math.round(1000 * r),
    );
  return {
    found: rays(mask),
    mask: { boxPx: mask.boxPx, runs: maskRuns(mask.mask) },
    truth: truth && rays(truth),
  };
}

async function foundHead(
  expected: ExpectedHead,
  mask: HeadMask,
  film: OpenedFilm,
  job: FilmJob,
  tools: FilmTools,
) {
  const { side: _, centerPx, radiusPx, areaPx, confidence, quality } = mask;
  const truth = await film.truth(expected, mask);
  const head: MeasuredHead = {
    ...expected,
    film: job.film,
    side: expected.side === "unknown" ? mask.side : expected.side,
    ...{ centerPx, radiusPx, areaPx, confidence, quality },
    headRadiusMm: radiusMm(film.radiograph, radiusPx),
    filmPx: [film.radiograph.widthPx, film.radiograph.heightPx],
    dice: truth ? dice(truth, mask) : NaN,
    outline: outlinesOf(mask, truth),
  };
  return { head, crop: cropHead(film.radiograph, mask, tools.plan.crop) };
}

/** Measures the heads that have no ready-made crop and so must be found on the film. */
async function measureOnFilm(job: FilmJob, expected: readonly ExpectedHead[], tools: FilmTools) {
  const film = await tools.openFilm(job);
  const { heads, quality } = await segmentHeads(film.radiograph, tools.unet!, tools.plan.segmentation);
  const ofFilm = quality.filter((code) => FILM_CODES.has(code));
  const measured: HeadWithCrop[] = [], failures: Failure[] = [];
  for (const [head, mask] of matchHeads(expected, heads)) {
    if (mask === null) {
      const sides = heads.map((each) => each.side).join(" and ") || "none";
      failures.push({
        ...{ id: head.headId, row: head.row, code: "no-head" },
        message: `No femoral head of side ${head.side} was found on the film; sides found: ${sides}`,
        fix: "check the film, correct the side, or provide a ready-made crop",
      });
      continue;
    }
    try {
      const marked = { ...mask, quality: [...mask.quality, ...ofFilm] };
      measured.push(await foundHead(head, marked, film, job, tools));
    } catch (error) {
      failures.push(failureOf(error, head));
    }
  }
  const { storedSha256, headerSide } = film.radiograph;
  const headerSides = headerSide === "unknown" ? {} : { [job.film]: headerSide };
  return { measured, failures, pixels: { [job.film]: storedSha256 }, headerSides };
}

/**
 * Measures the heads that the cohort lists on one film: segments them, crops them and compares them with reference
 * outlines. A problem with the film becomes a failure of its heads instead of an error, so that the study continues.
 *
 * @throws if the problem concerns the whole study, such as a full disk (see `isFatal`).
 */
export async function measureFilm(job: FilmJob, tools: FilmTools): Promise<MeasuredFilm> {
  const measured: HeadWithCrop[] = [], failures: Failure[] = [];
  let pixels: MeasuredFilm["pixels"] = {}, headerSides: MeasuredFilm["headerSides"] = {};
  for (const head of job.heads.filter((each) => each.crop)) {
    try {
      measured.push(await readyHead(head, job.film, tools));
    } catch (error) {
      failures.push(failureOf(error, head));
    }
  }
  const rest = job.heads.filter((each) => !each.crop);
  if (rest.length > 0) {
    try {
      const onFilm = await measureOnFilm(job, rest, tools);
      measured.push(...onFilm.measured);
      failures.push(...onFilm.failures);
      ({ pixels, headerSides } = onFilm);
    } catch (error) {
      failures.push(...rest.map((head) => failureOf(error, head)));
    }
  }
  return {
    heads: measured.map(({ head }) => head),
    crops: measured.map(({ crop }) => cropToBytes(crop)),
    failures,
    pixels,
    headerSides,
  };
}

/**
 * The part of a drawn mask that belongs to a found head: the connected component that overlaps it most; null if none
 * does.
 */
export function truthFromMask({ widthPx, heightPx, bits }: DrawnMask, found: HeadMask): BoxedMask | null {
  const { labels, components: parts } = components(bits, { widthPx, heightPx });
  let best: BoxedMask | null = null, most = 0;
  for (const { label, boxPx } of parts) {
    const mask = new Uint8Array(boxPx.width * boxPx.height); // [height, width]
    for (let y = 0; y < boxPx.height; y++) {
      for (let x = 0; x < boxPx.width; x++) {
        mask[y * boxPx.width + x] = labels[(boxPx.y + y) * widthPx + boxPx.x + x] === label ? 1 : 0;
      }
    }
    const { both } = overlap({ boxPx, mask }, found);
    if (both > most) [best, most] = [{ boxPx, mask }, both];
  }
  return best;
}
