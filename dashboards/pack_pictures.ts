import sharp from "sharp";
import type { PageData, PictureSet, PictureSpan } from "./page_data.ts";

/** Choices of {@linkcode packPictures}. */
export interface PackOptions {
  /** File name of each head's pictures; empty where it has none. // [n] */
  files: readonly string[];
  /** Heads in the order in which they get their pictures when room is short. // [n] */
  priority: readonly number[];
  /** Further pictures by their path in the study. */
  named: readonly string[];
  /** Characters of base64 the pictures may take. */
  budget: number;
}

/** The pictures of a page: one long base64 text and where each picture stands in it. */
export interface PackedPictures {
  readonly text: string;
  readonly index: PageData["pictures"];
}

const KINDS = ["crops", "reconstructions", "residuals", "counterfactuals"] as const;
type Kind = (typeof KINDS)[number];

/** Tried in order until a sample of the heads says that all of them will fit. */
const LADDER = [
  { sizePx: 128, residualPx: 128, quality: 80 },
  { sizePx: 128, residualPx: 128, quality: 70 },
  { sizePx: 128, residualPx: 128, quality: 60 },
  { sizePx: 128, residualPx: 96, quality: 55 },
  { sizePx: 112, residualPx: 64, quality: 55 },
  { sizePx: 96, residualPx: 64, quality: 55 },
  { sizePx: 64, residualPx: 48, quality: 55 },
];

/**
 * Packs pictures as grey JPEG, about a sixth of the size of the study's PNG at the same side: they are for
 * looking, and the page says so. Heads that do not fit are counted in `leftOut`; the server has them all.
 */
export async function packPictures(studyDir: string, options: PackOptions): Promise<PackedPictures> {
  const { files, priority, named, budget } = options;
  const step = await chooseStep(studyDir, options);
  const parts: string[] = [];
  let at = 0;
  const add = (base64: string): PictureSpan => {
    parts.push(base64);
    at += base64.length;
    return [at - base64.length, base64.length];
  };
  const namedSpans: Record<string, PictureSpan> = {};
  for (const path of named) {
    const picture = await encode(studyDir, { path, sizePx: 128, quality: 80 });
    if (picture) namedSpans[path] = add(picture);
  }
  const spans = Object.fromEntries(KINDS.map((kind) => [kind, files.map(() => null)])) as Record<
    Kind,
    (PictureSpan | null)[]
  >;
  const wanting = priority.filter((head) => files[head]);
  const packed = await takeInOrder(
    wanting,
    (head) => Promise.all(KINDS.map((kind) => encode(studyDir, pictureOf(kind, files[head], step)))),
    (head, pictures) => {
      const wanted = pictures.reduce((sum, picture) => sum + (picture?.length ?? 0), 0);
      if (at + wanted > budget) return false;
      pictures.forEach((picture, k) => picture && (spans[KINDS[k]][head] = add(picture)));
      return true;
    },
  );
  const set = (kind: Kind): PictureSet => ({
    sizePx: kind === "residuals" ? step.residualPx : step.sizePx,
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
      note: `JPEG, quality ${step.quality}, ${step.sizePx} px (residuals ${step.residualPx} px)`,
    },
  };
}

type Step = (typeof LADDER)[number];

function pictureOf(kind: Kind, file: string, { sizePx, residualPx, quality }: Step) {
  return { path: `${kind}/${file}`, sizePx: kind === "residuals" ? residualPx : sizePx, quality };
}

/** The first step of the ladder at which every head fits, judged by up to 24 heads spread over the cohort. */
async function chooseStep(studyDir: string, { files, named, budget }: PackOptions): Promise<Step> {
  const having = files.filter((file) => file);
  const sample = having.filter((_, i) => i % Math.max(1, Math.ceil(having.length / 24)) === 0);
  for (const step of LADDER) {
    const sizes = await Promise.all(
      sample.flatMap((file) => KINDS.map((kind) => encode(studyDir, pictureOf(kind, file, step)))),
    );
    const total = sizes.reduce((sum, picture) => sum + (picture?.length ?? 0), 0);
    if ((1.03 * total * having.length) / Math.max(1, sample.length) + named.length * 7000 <= budget) {
      return step;
    }
  }
  return LADDER.at(-1)!;
}

// The pictures are tiny: threads within one cost more than they save; several are packed at once instead.
sharp.concurrency(1);

/** Base64 of the picture as JPEG at the asked size, or null where the study has no such file. */
async function encode(
  studyDir: string,
  { path, sizePx, quality }: { path: string; sizePx: number; quality: number },
): Promise<string | null> {
  try {
    const bytes = await Deno.readFile(`${studyDir}/${path}`);
    const jpeg = await sharp(bytes).greyscale().resize(sizePx, sizePx, {
      fit: "fill",
      withoutEnlargement: true,
    })
      .toColourspace("b-w") // one channel: without this the JPEG carries two empty ones and their tables
      .jpeg({ quality, mozjpeg: true }).toBuffer();
    return new Uint8Array(jpeg).toBase64();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw new Error(`Cannot pack the picture ${studyDir}/${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Works on up to eight items at once, hands results over in order, stops at the first refusal; counts the taken. */
async function takeInOrder<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  take: (item: T, result: R) => boolean,
): Promise<number> {
  const running: Promise<R>[] = [];
  for (let i = 0; i < items.length; i++) {
    while (running.length < Math.min(items.length, i + 8)) running.push(work(items[running.length]));
    if (!take(items[i], await running[i])) {
      await Promise.all(running);
      return i;
    }
  }
  return items.length;
}
