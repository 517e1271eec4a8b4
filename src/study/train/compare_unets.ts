import type { OpenModel } from "../../onnx/open_model.ts";
import type { FilmPool } from "../../segmentation/training/film_pool.ts";
import { LEFT_HEAD, RIGHT_HEAD } from "../../segmentation/training/film_pool.ts";
import type { BoxedMask } from "../../masks/boxed_mask.ts";
import { intersectionOverUnion } from "../../segmentation/outline/dice.ts";
import { segmentHeads } from "../../segmentation/segment_heads.ts";
import { boxMask } from "../../masks/boxed_mask.ts";
import type { Radiograph, SegmentationPlan, Side } from "../../types.ts";
import type { FilmJob } from "../cohort/film_job.ts";
import { drawnOutlines } from "./drawn_outlines.ts";

/** Scores of one network's outlines on films that it was not trained on. A missed head counts as IoU 0. */
export interface OutlineScores {
  /** Share of heads whose intersection over union (IoU) with the drawn outline is at least 0.75, 0 to 1. */
  readonly shareAt75: number;
  /** Mean IoU over all heads, 0 to 1. */
  readonly meanIou: number;
  /** Mean IoU, with values above 0.9 counted as 0.9. */
  readonly cappedIou: number;
  /** Number of heads to which no outline of the network was assigned, because none had an IoU of at least 0.1. */
  readonly missed: number;
  /** Number of outlines of the network that were assigned to no head. */
  readonly falseHeads: number;
}

/** One head on the films that the networks are compared on. */
export interface ComparedHead {
  /** Row of the cohort file (the header is row 1); 0 on a synthetic film. */
  readonly row: number;
  /** The patient's side. */
  readonly side: Side;
  /** IoU between the drawn outline and that of the network before training, 0 to 1. */
  readonly before: number;
  /** IoU between the drawn outline and that of the network after training, 0 to 1. */
  readonly after: number;
}

/** Comparison of two networks on the same films. */
export interface OutlineComparison {
  /** Number of films. */
  readonly films: number;
  /** Results for each head. */
  readonly heads: readonly ComparedHead[];
  /** Scores of the network that the training started from. */
  readonly before: OutlineScores;
  /** Scores of the trained network. */
  readonly after: OutlineScores;
}

/** Result of {@linkcode compareUnets}. */
export interface UnetComparison extends OutlineComparison {
  /**
   * The comparison on synthetic films if some were used in training, otherwise null. It shows whether the network still
   * performs as well on films like those that it was first trained on.
   */
  readonly synthetic: OutlineComparison | null;
  /** Whether the trained network is better (see {@linkcode verdict}). */
  readonly better: boolean;
  /** The reason, in one sentence. */
  readonly reason: string;
}

/** Two networks with the same segmentation settings. */
export interface UnetPair {
  readonly before: OpenModel;
  readonly after: OpenModel;
  readonly plan: SegmentationPlan;
}

/**
 * Typical IoU between the outlines of two human readers. Higher values are set to this value, because otherwise heads
 * whose outline a reader accepted unchanged from one of the networks would favour that network.
 */
const CAP = 0.9;
/** Minimum IoU with a head for which an outline can be assigned to it. */
const LEAST_IOU = 0.1;
/** Largest acceptable loss of mean IoU on synthetic films. */
const TOLERATED_LOSS = 0.02;

/** A film with the drawn (or true) outlines of its heads. */
interface TrueFilm {
  readonly film: Radiograph;
  readonly heads: readonly (BoxedMask & { readonly row: number; readonly side: Side })[];
}

/**
 * Compares a trained network with the one that it started from, on films with drawn outlines that were left out of
 * training. The trained network is better if all of these hold: the mean IoU (values capped at 0.9) increases; the numbers
 * of heads below IoU 0.75 and of outlines that do not belong to a head do not increase; and the mean IoU on synthetic
 * films falls by at most 0.02.
 *
 * @param jobs films of the cohort that were left out, as files
 * @param options.pool synthetic films that were not used in training, or null
 * @param options.read reads a film or an image mask
 * @throws {TypeError} if a film of `jobs` is not a file.
 */
export async function compareUnets(
  jobs: readonly FilmJob[],
  { unets, pool, read, signal, onFilm }: {
    unets: UnetPair;
    pool: FilmPool | null;
    read: (path: string) => Promise<Radiograph>;
    signal?: AbortSignal;
    onFilm?: (done: number, total: number) => void;
  },
): Promise<UnetComparison> {
  const total = jobs.length + (pool?.count ?? 0);
  let done = 0;
  const onEach = () => {
    signal?.throwIfAborted();
    onFilm?.(++done, total);
  };
  const own = await compareOn(drawnFilms(jobs, read), { unets, onEach });
  const synthetic = pool ? await compareOn(pooledFilms(pool), { unets, onEach }) : null;
  return { ...own, synthetic, ...verdict(own, synthetic) };
}

async function* drawnFilms(
  jobs: readonly FilmJob[],
  read: (path: string) => Promise<Radiograph>,
): AsyncGenerator<TrueFilm> {
  for (const { source, heads: expected } of jobs) {
    if (source.kind !== "file") throw new TypeError("Cannot compare networks: films must be files");
    const film = await read(source.path);
    const { heads, failures } = await drawnOutlines(expected, { film, file: source.path, read });
    if (failures.length > 0) continue; // reported when the films were read for training
    yield { film, heads: heads.map((head, i) => ({ ...head, row: expected[i].row })) };
  }
}

/** Films of a pool in the form of films that are read from disk; films without a head are excluded. */
async function* pooledFilms({ count, sizePx, pixels, labels, shapes }: FilmPool): AsyncGenerator<TrueFilm> {
  for (let at = 0; at < count; at++) {
    const [widthPx, heightPx] = shapes.subarray(2 * at, 2 * at + 2), start = at * sizePx * sizePx;
    const cut = (values: Uint8Array) => { // [heightPx, widthPx]
      const out = new Uint8Array(widthPx * heightPx);
      for (let y = 0; y < heightPx; y++) {
        const from = start + y * sizePx;
        out.set(values.subarray(from, from + widthPx), y * widthPx);
      }
      return out;
    };
    const film: Radiograph = {
      ...{ kind: "radiograph", widthPx, heightPx, pixels: Float32Array.from(cut(pixels)), padding: null },
      ...{
        bitsStored: 8,
        pixelSpacingMm: null,
        spacingSource: "none",
        headerSide: "unknown",
        storedSha256: "",
      },
    };
    const bits = cut(labels);
    const heads = ([["right", RIGHT_HEAD], ["left", LEFT_HEAD]] as const).flatMap(([side, bit]) => {
      const boxed = boxMask(bits.map((value) => value & bit ? 1 : 0), { widthPx, heightPx });
      return boxed ? [{ ...boxed, side, row: 0 }] : [];
    });
    if (heads.length > 0) yield await Promise.resolve({ film, heads });
  }
}

async function compareOn(
  films: AsyncGenerator<TrueFilm>,
  { unets: { before, after, plan }, onEach }: { unets: UnetPair; onEach: () => void },
): Promise<OutlineComparison> {
  const heads: ComparedHead[] = [];
  const falseCounts = { before: 0, after: 0 };
  let count = 0;
  for await (const { film, heads: truths } of films) {
    const judged = async (unet: OpenModel, which: "before" | "after") => {
      const { heads: found } = await segmentHeads(film, unet, plan);
      const { ious, falseHeads } = matchOutlines(found, truths);
      falseCounts[which] += falseHeads;
      return ious;
    };
    const old = await judged(before, "before"), now = await judged(after, "after");
    truths.forEach(({ row, side }, i) => heads.push({ row, side, before: old[i], after: now[i] }));
    count++;
    onEach();
  }
  return {
    ...{ films: count, heads },
    before: scores(heads.map((head) => head.before), falseCounts.before),
    after: scores(heads.map((head) => head.after), falseCounts.after),
  };
}

/**
 * Assigns each outline to one head at most, in descending order of IoU.
 *
 * @returns the IoU of each head with its outline (0 for a head without one), and the number of outlines of no head.
 */
export function matchOutlines(
  found: readonly BoxedMask[],
  truths: readonly BoxedMask[],
): { ious: number[]; falseHeads: number } {
  const pairs = truths.flatMap((truth, t) =>
    found.map((outline, f) => ({ t, f, iou: intersectionOverUnion(outline, truth) }))
  ).filter(({ iou }) => iou >= LEAST_IOU).sort((a, b) => b.iou - a.iou);
  const ious: number[] = new Array(truths.length).fill(0), taken = new Set<number>();
  for (const { t, f, iou } of pairs) {
    if (ious[t] > 0 || taken.has(f)) continue;
    ious[t] = iou;
    taken.add(f);
  }
  return { ious, falseHeads: found.length - taken.size };
}

function scores(ious: readonly number[], falseHeads: number): OutlineScores {
  const mean = (values: readonly number[]) =>
    values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
  return {
    shareAt75: mean(ious.map((iou) => iou >= 0.75 ? 1 : 0)),
    meanIou: mean(ious),
    cappedIou: mean(ious.map((iou) => Math.min(CAP, iou))),
    missed: ious.filter((iou) => iou === 0).length,
    falseHeads,
  };
}

/** Whether the trained network is better by the rules of {@linkcode compareUnets}, and why. */
export function verdict(
  { heads, before, after }: OutlineComparison,
  synthetic: OutlineComparison | null,
): Pick<UnetComparison, "better" | "reason"> {
  const no = (reason: string) => ({ better: false, reason });
  const loss = synthetic ? synthetic.before.meanIou - synthetic.after.meanIou : 0;
  if (heads.length === 0) return no("no head was left out to compare the networks on");
  if (after.shareAt75 < before.shareAt75) return no("fewer of the heads that were left out reach IoU 0.75");
  if (after.falseHeads > before.falseHeads) return no("more outlines than before do not belong to a head");
  if (after.cappedIou <= before.cappedIou) {
    return no("the outlines of the heads that were left out did not get better");
  }
  if (loss > TOLERATED_LOSS) {
    return no(
      `on synthetic films the mean IoU fell by ${loss.toFixed(3)} (at most ${TOLERATED_LOSS} may be lost)`,
    );
  }
  return {
    better: true,
    reason:
      `of ${heads.length} heads that were left out, ${
        Math.round(heads.length * after.shareAt75)
      } reach IoU 0.75 ` +
      `(${Math.round(heads.length * before.shareAt75)} before training)`,
  };
}
