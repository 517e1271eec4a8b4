import { InputError } from "../input_error.ts";
import type { OpenModel } from "../onnx/open_model.ts";
import type { FilmHeads, Radiograph, SegmentationPlan } from "../types.ts";
import { type FoundCandidate, measureWindows, type SecondLook } from "./looks/find_candidates.ts";
import { firstLook, type Look, negative } from "./looks/first_look.ts";
import type { FilmWindow } from "./outline/outline_head.ts";
import { describeHeads, NEGATIVE_CONTRAST } from "./segment_heads.ts";
import { sideOf } from "./sides/assign_sides.ts";

/**
 * Radii that are tried at a point, as shares of the film's longer side: they cover films of a whole pelvis and of one
 * hip.
 */
const TRIED_RADII = [0.03, 0.045, 0.068, 0.1, 0.15];
/**
 * Largest distance of a point from the centre of the circle fitted to its head, in radii. It exceeds 1 because a
 * collapsed head does not fill its circle.
 */
const SLACK = 1.1;
/** Confidence below which no head is reported at the point. */
const LEAST_CONFIDENCE = 0.6;

/** Options of {@linkcode outlineAt}. */
export interface OutlineAtOptions {
  /** The segmentation network. */
  readonly unet: OpenModel;
  /** The network's segmentation plan. */
  readonly plan: SegmentationPlan;
}

/**
 * Outlines the femoral head at one point of the film. There is no search for heads, because a person has indicated that
 * there is one. Windows of several sizes are tried around the point. The one whose head fits best is centred on that
 * head and segmented again.
 *
 * @param at x and y of a pixel of `radiograph` inside the head, preferably near its centre
 * @returns one head; or none, with `no-head`, if nothing at the point can be outlined. `quality` also holds the
 * radiograph's `remarks`, and `inverted` as in `segmentHeads` if there is a head.
 * @throws {InputError} if the point is outside the film.
 */
export async function outlineAt(
  radiograph: Radiograph,
  at: readonly [number, number],
  { unet, plan }: OutlineAtOptions,
): Promise<FilmHeads> {
  checkPoint(at, radiograph);
  const start = await firstLook(radiograph, { unet, plan });
  const second: SecondLook = { first: start.first, views: start.views, unet, plan };
  const long = Math.max(radiograph.widthPx, radiograph.heightPx);
  const windows = TRIED_RADII.map((share): FilmWindow => ({
    centerPx: [at[0], at[1]],
    sidePx: plan.windowRadii * share * long,
  }));
  const tried = await measureWindows(start.look.film, { ...second, windows });
  const best = tried
    .map((found, i) => ({ found, fit: found ? fitOf(found, { at, window: windows[i], plan }) : 0 }))
    .reduce((a, b) => (b.fit > a.fit ? b : a));
  const { pixelAspect = 1, remarks = [] } = radiograph;
  const described: FilmHeads = best.found && best.fit > 0
    ? describe(await centred(best.found, { at, film: start.look.film, second }), { ...start, radiograph })
    : { kind: "film-heads", heads: [], quality: ["no-head"] };
  return {
    ...{ ...described, quality: [...described.quality, ...remarks] },
    ...(pixelAspect === 1 ? {} : { pixelAspect }),
  };
}

function checkPoint([x, y]: readonly [number, number], { widthPx, heightPx }: Radiograph): void {
  if (!(x >= 0 && y >= 0 && x <= widthPx - 1 && y <= heightPx - 1)) {
    throw new InputError(
      `The point must lie on the film, which is ${widthPx} x ${heightPx} pixels (got ${x},${y})`,
      { fix: "give x and y in pixels of the stored image, from its top left" },
    );
  }
}

/**
 * How well a head fits the point and its window: its confidence, reduced by the difference between its size and the
 * size that the window is meant for; 0 if the point is outside its circle (see `SLACK`) or the confidence too low.
 */
function fitOf(
  { candidate: { outline: { circle, confidence } } }: FoundCandidate,
  { at, window, plan }: { at: readonly [number, number]; window: FilmWindow; plan: SegmentationPlan },
): number {
  const away = Math.hypot(at[0] - circle.centerPx[0], at[1] - circle.centerPx[1]) / circle.radiusPx;
  if (away > SLACK || confidence < LEAST_CONFIDENCE) return 0;
  const offSize = Math.abs(Math.log(window.sidePx / (plan.windowRadii * circle.radiusPx)));
  return confidence / (1 + offSize);
}

/**
 * Segments the head again in a window centred on its circle and scaled to it; keeps the first result if the second
 * finds no head at the point.
 */
async function centred(
  found: FoundCandidate,
  { at, film, second }: { at: readonly [number, number]; film: Look["film"]; second: SecondLook },
): Promise<FoundCandidate> {
  const { centerPx, radiusPx } = found.candidate.outline.circle;
  const window = { centerPx, sidePx: second.plan.windowRadii * radiusPx };
  const [again] = await measureWindows(film, { ...second, windows: [window] });
  return again && fitOf(again, { at, window, plan: second.plan }) > 0 ? again : found;
}

/**
 * The head with side and quality codes; the film of `look` is inverted first if the head's contrast shows that bone is
 * dark.
 */
function describe(
  { candidate }: FoundCandidate,
  { look, inverted, radiograph }: { look: Look; inverted: boolean; radiograph: Radiograph },
): FilmHeads {
  const isNegative = candidate.contrast < NEGATIVE_CONTRAST;
  const contrast = isNegative ? -candidate.contrast : candidate.contrast;
  const kept = [{ candidate: { ...candidate, contrast }, side: sideOf(candidate.leftProbability) }];
  const seen = { kept, extra: false, metalShare: 0 };
  const { heads: found } = describeHeads(seen, isNegative ? negative(look) : look, radiograph);
  if (inverted === isNegative) return { kind: "film-heads", heads: found, quality: [] };
  const heads = found.map((head) => ({ ...head, inverted: true }));
  return { kind: "film-heads", heads, quality: ["inverted"] };
}
