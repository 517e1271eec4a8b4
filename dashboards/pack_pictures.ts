import { smallPictures } from "../src/mod.ts";
import {
  type PageData,
  PICTURE_KINDS as KINDS,
  type PictureKind as Kind,
  type PictureSet,
  type PictureSpan,
} from "./page_data.ts";

/** Options of {@linkcode packPictures}. */
export interface PackOptions {
  /** File name of each head's images; empty if the head has none. // [n] */
  files: readonly string[];
  /** Heads in order of priority, for when not all images fit. // [n] */
  priority: readonly number[];
  /** Further images by their path in the study. */
  named: readonly string[];
  /** Maximum length of all images in base64 characters; `named` images are packed even if they exceed this length. */
  budget: number;
}

/** The images of a page: one long base64 text, and the position of each image in it. */
export interface PackedPictures {
  readonly text: string;
  readonly index: PageData["pictures"];
}

/** Sizes and qualities, tried in order until the images of all heads probably fit, as estimated from some heads. */
const PACKINGS = [
  { sizePx: 128, residualPx: 128, quality: 80 },
  { sizePx: 128, residualPx: 128, quality: 70 },
  { sizePx: 128, residualPx: 128, quality: 60 },
  { sizePx: 128, residualPx: 96, quality: 55 },
  { sizePx: 112, residualPx: 64, quality: 55 },
  { sizePx: 96, residualPx: 64, quality: 55 },
  { sizePx: 64, residualPx: 48, quality: 55 },
];

/**
 * Packs images as greyscale JPEG, about a sixth of the size of the study's PNG at the same resolution. JPEG images are
 * for viewing only, as the page states. Heads whose images do not fit are counted in `leftOut`.
 */
export async function packPictures(studyDir: string, options: PackOptions): Promise<PackedPictures> {
  const { files, priority, named, budget } = options;
  const packing = await choosePacking(studyDir, options);
  const parts: string[] = [];
  let at = 0;
  const add = (base64: string): PictureSpan => {
    parts.push(base64);
    at += base64.length;
    return [at - base64.length, base64.length];
  };
  const namedSpans: Record<string, PictureSpan> = {};
  const requests = named.map((path) => ({
    path: `${studyDir}/${path}`,
    sizePx: path.startsWith("teaching/") ? 256 : 128,
    quality: 80,
  }));
  for (const [i, picture] of (await smallPictures(requests)).entries()) {
    if (picture) namedSpans[named[i]] = add(picture);
  }
  const spans = Object.fromEntries(KINDS.map((kind) => [kind, files.map(() => null)])) as Record<
    Kind,
    (PictureSpan | null)[]
  >;
  const wanting = priority.filter((head) => files[head]);
  const packed = await takeInOrder(
    wanting,
    (heads) => picturesOf(studyDir, heads.map((head) => files[head]), packing),
    (head, pictures) => {
      const wanted = pictures.reduce((sum, picture) => sum + (picture?.length ?? 0), 0);
      if (at + wanted > budget) return false;
      pictures.forEach((picture, k) => picture && (spans[KINDS[k]][head] = add(picture)));
      return true;
    },
  );
  const set = (kind: Kind): PictureSet => ({
    sizePx: kind === "residuals" ? packing.residualPx : packing.sizePx,
    spans: spans[kind],
  });
  return {
    text: parts.join(""),
    index: {
      crops: set("crops"),
      reconstructions: set("reconstructions"),
      residuals: set("residuals"),
      counterfactuals: set("counterfactuals"),
      named: namedSpans,
      leftOut: wanting.length - packed,
      note: `JPEG, quality ${packing.quality}, ${packing.sizePx} px (residuals ${packing.residualPx} px)`,
    },
  };
}

/** Side of images and of residual images in pixels, and JPEG quality. */
type Packing = (typeof PACKINGS)[number];

/** One entry per kind of image for each head; null if the study has no such file. */
async function picturesOf(
  studyDir: string,
  files: readonly string[],
  { sizePx, residualPx, quality }: Packing,
): Promise<(string | null)[][]> {
  const pictures = await smallPictures(files.flatMap((file) =>
    KINDS.map((kind) => ({
      path: `${studyDir}/${kind}/${file}`,
      sizePx: kind === "residuals" ? residualPx : sizePx,
      quality,
    }))
  ));
  return files.map((_, i) => pictures.slice(i * KINDS.length, (i + 1) * KINDS.length));
}

/**
 * The first of the sizes and qualities at which every head fits, estimated from up to 24 heads spread over the cohort;
 * the smallest if not all heads fit.
 */
async function choosePacking(studyDir: string, { files, named, budget }: PackOptions): Promise<Packing> {
  const having = files.filter((file) => file);
  const sample = having.filter((_, i) => i % Math.max(1, Math.ceil(having.length / 24)) === 0);
  for (const packing of PACKINGS) {
    const sizes = (await picturesOf(studyDir, sample, packing)).flat();
    const total = sizes.reduce((sum, picture) => sum + (picture?.length ?? 0), 0);
    // With a margin of 3 %, and about 7000 characters for each further image.
    if ((1.03 * total * having.length) / Math.max(1, sample.length) + named.length * 7000 <= budget) {
      return packing;
    }
  }
  return PACKINGS.at(-1)!;
}

/** Number of heads whose images are made at the same time. */
const TOGETHER = 2048;

/**
 * Processes several items concurrently and passes the results to `take` in order. Stops as soon as `take` returns
 * false; returns the number of results accepted before.
 */
async function takeInOrder<T, R>(
  items: readonly T[],
  work: (items: readonly T[]) => Promise<R[]>,
  take: (item: T, result: R) => boolean,
): Promise<number> {
  for (let start = 0; start < items.length; start += TOGETHER) {
    const some = items.slice(start, start + TOGETHER), results = await work(some);
    for (const [i, item] of some.entries()) if (!take(item, results[i])) return start + i;
  }
  return items.length;
}
