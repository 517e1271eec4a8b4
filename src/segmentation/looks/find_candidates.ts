import type { OpenModel } from "../../onnx/open_model.ts";
import type { GreyImage, GreyValues, SegmentationPlan } from "../../types.ts";
import type { FilmView } from "../view/film_view.ts";
import { headContrast } from "./head_contrast.ts";
import type { HeadEvidence } from "./judge_head.ts";
import { type FilmWindow, outlineHead } from "../outline/outline_head.ts";
import { type FilmMaps, meanInside, meanMaps, predictMaps } from "./predict_maps.ts";
import { rescaleMaps } from "./rescale_maps.ts";
import { secondLooks } from "./second_looks.ts";
import { type Candidate, sideOf } from "../sides/assign_sides.ts";

/** The smallest square around an image. */
export function squareRound({ widthPx, heightPx }: Pick<GreyImage, "widthPx" | "heightPx">): FilmWindow {
  return { centerPx: [(widthPx - 1) / 2, (heightPx - 1) / 2], sidePx: Math.max(widthPx, heightPx) };
}

/** The first pass: the network's maps of the whole film, one per view. */
export async function lookAtFilm(
  overview: GreyImage,
  { views, unet, plan }: { views: readonly FilmView[]; unet: OpenModel; plan: SegmentationPlan },
): Promise<FilmMaps[]> {
  const looks: FilmMaps[] = [];
  for (const view of views) {
    looks.push(
      ...await predictMaps(overview, {
        ...{ unet, view, sizePx: plan.firstPx },
        windows: [squareRound(overview)],
      }),
    );
  }
  return looks;
}

/** A place on a film that might be a head, with the evidence for it. */
export interface FoundCandidate {
  readonly candidate: Candidate;
  readonly evidence: HeadEvidence;
}

/** Inputs of the second pass. */
export interface SecondLook {
  /** Maps of the whole film from the first pass. */
  readonly first: FilmMaps;
  readonly views: readonly FilmView[];
  readonly unet: OpenModel;
  readonly plan: SegmentationPlan;
}

/** The second pass: a window with a side of `windowRadii` radii around each place that `secondLooks` selects. */
export async function findCandidates(
  film: GreyImage<GreyValues>,
  look: SecondLook,
): Promise<FoundCandidate[]> {
  const windows = secondLooks(look.first, { ...look.plan, whole: squareRound(film) });
  return (await measureWindows(film, { ...look, windows })).flatMap((found) => found ?? []);
}

/**
 * Outlines and measures the head in the middle of each window; null if there is no outline. The maps of all views and
 * scales are averaged, so a structure that appears in only one of several maps gets a low
 * probability.
 */
export async function measureWindows(
  film: GreyImage<GreyValues>,
  { windows, first, views, unet, plan }: SecondLook & { windows: readonly FilmWindow[] },
): Promise<(FoundCandidate | null)[]> {
  if (windows.length === 0) return [];
  const whole = squareRound(film);
  const looks: FilmMaps[][] = [];
  for (const each of views) {
    for (const scale of [1, ...(plan.scales ?? [])]) {
      const view = plan.equalised && scale === 1 ? { ...each, equalise: true } : each;
      const scaled = windows.map(({ centerPx, sidePx }) => ({ centerPx, sidePx: scale * sidePx }));
      const maps = await predictMaps(film, { windows: scaled, unet, view, sizePx: plan.inputPx });
      looks.push(maps.map((map) => rescaleMaps(map, { scale, sizePx: plan.inputPx })));
    }
  }
  return windows.map((window, i) =>
    measure(meanMaps(looks.map((maps) => maps[i])), { window, first, whole, film, plan })
  );
}

/** Outlines and measures the head in the middle of one window. */
function measure(
  second: FilmMaps,
  { window, first, whole, film, plan }: {
    window: FilmWindow;
    first: FilmMaps;
    whole: FilmWindow;
    film: GreyImage<GreyValues>;
    plan: SegmentationPlan;
  },
): FoundCandidate | null {
  const sizePx = plan.inputPx, filmPx = [film.widthPx, film.heightPx] as const;
  const outline = outlineHead(second.head, { sizePx, window, filmPx, threshold: plan.threshold });
  if (!outline) return null;
  const inFirst = { outline, window: whole, sizePx: plan.firstPx }, inSecond = { outline, window, sizePx };
  const { radiusPx, residualPx } = outline.circle;
  const implantShare = meanInside(second.implant, inSecond);
  const leftProbability = (meanInside(first.left, inFirst) + meanInside(second.left, inSecond)) / 2;
  return {
    candidate: {
      ...{ outline, leftProbability, implantShare, doubtful: false },
      contrast: headContrast(film, outline.circle),
    },
    evidence: {
      confidence: outline.confidence,
      roughness: residualPx / radiusPx,
      fullness: outline.fullness,
      relativeRadius: radiusPx / whole.sidePx,
      firstLook: meanInside(first.head, inFirst),
      implantShare,
      sided: sideOf(leftProbability) !== "unknown",
    },
  };
}
