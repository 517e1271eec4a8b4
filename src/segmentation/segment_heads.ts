import { negate } from "../image/negate.ts";
import type { OpenModel } from "../onnx/open_model.ts";
import type { FilmHeads, GreyImage, GreyValues, Radiograph, SegmentationPlan } from "../types.ts";
import { type FilmOverview, filmOverview } from "./film_overview.ts";
import { headContrast } from "./head_contrast.ts";
import { heedLetters } from "./heed_letters.ts";
import { type FilmWindow, type Outline, outlineHead } from "./outline_head.ts";
import { oddSpacing } from "./odd_spacing.ts";
import { type FilmMaps, meanInside, predictMaps } from "./predict_maps.ts";
import { readSideLetters } from "./read_side_letters.ts";
import { secondLooks } from "./second_looks.ts";
import { type Candidate, settleSides, type SidedHead, sideOf } from "./settle_sides.ts";
import { toHeadMask } from "./to_head_mask.ts";

/** A head's sureness must reach this: of 324 natural heads on 200 hard synthetic films 1 % have less, 95 % more than 0.967. */
const LEAST_SURENESS = 0.92;
/** An outline this far from its circle, in radii, is doubtful: half of what lies beyond is taken off the confidence. */
const ROUND_ENOUGH = 0.03;
/** Area of the outline over that of its circle. */
const FULLNESS = [0.72, 1.2] as const;
/** Radius of a head over the film's longer side: a whole pelvis to a single hip filling the film. */
const RELATIVE_RADIUS = [0.022, 0.3] as const;
/** The first pass must have seen the head as well: mean probability inside the final outline. */
const LEAST_FIRST_PASS = 0.3;
/** A head whose side nothing tells is doubtful and must be all the surer. */
const LEAST_CONFIDENCE_SIDELESS = 0.95;
/** The loss makes the network lean to metal: of 179 hard films without it 1 has that much above this, of 21 with it 18. */
const SURE_METAL = 0.9;
/** Share of the film that is replacement metal before the film says so. */
const LEAST_IMPLANT_SHARE = 0.002;

/** The network's confidence, less what the outline lacks in roundness: flattened heads are sure, hands and pots are not. */
function sureness({ confidence, circle: { residualPx, radiusPx } }: Outline): number {
  return confidence - Math.max(0, residualPx / radiusPx - ROUND_ENOUGH) / 2;
}

/** A window's second look as a candidate, or nothing where any rule speaks against a head. */
function judge(
  second: FilmMaps,
  { window, first, whole, film, plan }: {
    window: FilmWindow;
    first: FilmMaps;
    whole: FilmWindow;
    film: GreyImage<GreyValues>;
    plan: SegmentationPlan;
  },
): Candidate[] {
  const sizePx = plan.inputPx;
  const filmPx = [film.widthPx, film.heightPx] as const;
  const outline = outlineHead(second.head, { sizePx, window, filmPx, threshold: plan.threshold });
  if (!outline || sureness(outline) < LEAST_SURENESS) return [];
  if (outline.fullness < FULLNESS[0] || outline.fullness > FULLNESS[1]) return [];
  const relative = outline.circle.radiusPx / whole.sidePx;
  if (relative < RELATIVE_RADIUS[0] || relative > RELATIVE_RADIUS[1]) return [];
  const inFirst = { outline, window: whole, sizePx: plan.firstPx }, inSecond = { outline, window, sizePx };
  if (meanInside(first.head, inFirst) < LEAST_FIRST_PASS) return [];
  const implantShare = meanInside(second.implant, inSecond);
  if (implantShare > 0.5) return [];
  const leftProbability = (meanInside(first.left, inFirst) + meanInside(second.left, inSecond)) / 2;
  if (sideOf(leftProbability) === "unknown" && outline.confidence < LEAST_CONFIDENCE_SIDELESS) return [];
  return [{ outline, leftProbability, implantShare, contrast: headContrast(film, outline.circle) }];
}

/** Heads darker than what lies round them by so much, in standard deviations: the film is a negative. */
const NEGATIVE_CONTRAST = -0.2;

/** A film as it is looked at: whole, and in its own pixels. */
interface Look {
  readonly film: GreyImage<GreyValues>;
  readonly overview: FilmOverview;
}

function negative({ film, overview: { image, step } }: Look): Look {
  const overview = { image: { ...image, pixels: negate(image.pixels) }, step };
  return { film: { ...film, pixels: negate(film.pixels) }, overview };
}

/** The square round a picture. */
function squareRound({ widthPx, heightPx }: Pick<GreyImage, "widthPx" | "heightPx">): FilmWindow {
  return { centerPx: [(widthPx - 1) / 2, (heightPx - 1) / 2], sidePx: Math.max(widthPx, heightPx) };
}

/**
 * Finds the femoral heads of one film in two passes of one network: the whole film, then a window of `windowRadii` head
 * radii round each place that stood out. The second pass draws the outline and decides. The side comes from the anatomy
 * round the head (where the pelvis lies), from the way the header says the film is shown (PatientOrientation), and from the letters on the film; the side a
 * header names is only compared with it. A film that looks like a negative, to the network or because its heads are darker than what lies round them, is
 * turned over and says so (`inverted`).
 *
 * @param unet network with input `film` [n, 2, height, width] and output `maps` [n, 4, height, width]
 * @returns heads from the image's left to its right; `quality` holds `no-head`, `one-head`, `extra-head`, `implant`,
 * `inverted`, `from-behind` (sides were exchanged), `odd-spacing` or a remark of the film's where they apply.
 */
export async function segmentHeads(
  radiograph: Radiograph,
  unet: OpenModel,
  plan: SegmentationPlan,
): Promise<FilmHeads> {
  const { widthPx, heightPx, pixelAspect = 1, remarks = [] } = radiograph;
  const image: GreyImage<GreyValues> = { kind: "grey-image", widthPx, heightPx, pixels: radiograph.pixels };
  const firstLook = async ({ overview: { image } }: Look) =>
    (await predictMaps(image, { windows: [squareRound(image)], unet, sizePx: plan.firstPx }))[0];
  let look: Look = { film: image, overview: filmOverview(image) }, inverted = false;
  let first = await firstLook(look);
  if (first.inverted > 0.5) {
    [look, inverted] = [negative(look), true];
    first = await firstLook(look);
  }
  let seen = await lookCloser(look, { first, unet, plan });
  // The network finds heads on negatives just as well; whether bone is bright is then seen on the heads themselves.
  if (meanContrast(seen) < NEGATIVE_CONTRAST) {
    [look, seen, inverted] = [negative(look), onNegative(seen), !inverted];
  }
  const found = tellHeads(seen, look, radiograph);
  const quality = [...inverted ? ["inverted"] : [], ...remarks, ...found.quality];
  return { ...found, quality, ...(pixelAspect === 1 ? {} : { pixelAspect }) };
}

/** What the second pass leaves of a film: its heads, whether there were more, and the share of it that is replacement metal. */
interface SeenHeads {
  readonly kept: readonly SidedHead[];
  readonly extra: boolean;
  readonly metalShare: number;
}

/** NaN where there is no head. */
function meanContrast({ kept }: SeenHeads): number {
  return kept.reduce((sum, { candidate }) => sum + candidate.contrast, 0) / kept.length;
}

/** The same heads on the film's negative. */
function onNegative(seen: SeenHeads): SeenHeads {
  const kept = seen.kept.map(({ candidate, side }) => ({
    candidate: { ...candidate, contrast: -candidate.contrast },
    side,
  }));
  return { ...seen, kept };
}

/** The second pass. */
async function lookCloser(
  { film }: Look,
  { first, unet, plan }: { first: FilmMaps; unet: OpenModel; plan: SegmentationPlan },
): Promise<SeenHeads> {
  const whole = squareRound(film), windows = secondLooks(first, { ...plan, whole });
  const second = await predictMaps(film, { windows, unet, sizePx: plan.inputPx });
  const candidates = second.flatMap((maps, i) =>
    judge(maps, { window: windows[i], first, whole, film, plan })
  );
  return { ...settleSides(candidates), metalShare: shareAbove(first.implant, SURE_METAL) };
}

function shareAbove(values: Float32Array, bar: number): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > bar) count++;
  return count / values.length;
}

/** What is to be said of a film, bone bright, and of its heads. */
function tellHeads(
  { kept, extra, metalShare }: SeenHeads,
  { film, overview }: Look,
  radiograph: Radiograph,
): FilmHeads {
  const { facing = "unknown", headerSide } = radiograph;
  const quality: string[] = [];
  const letters = kept.length > 0 ? readSideLetters(film, overview) : [];
  const { heads: sided, turned, conflict } = heedLetters(kept, letters, { ...film, facing });
  // A header names one side: it says nothing of a film that shows both.
  const namedSide = kept.length === 1 ? headerSide : "unknown";
  const heads = sided.map((head) => toHeadMask(head, { film, headerSide: namedSide, turned, conflict }))
    .sort((a, b) => a.centerPx[0] - b.centerPx[0]);
  if (heads.length === 0) quality.push("no-head");
  if (heads.length === 1) quality.push("one-head");
  if (extra) quality.push("extra-head");
  if (turned) quality.push("from-behind");
  if (oddSpacing(heads, radiograph)) quality.push("odd-spacing");
  if (metalShare > LEAST_IMPLANT_SHARE) quality.push("implant");
  return { kind: "film-heads", heads, quality };
}
