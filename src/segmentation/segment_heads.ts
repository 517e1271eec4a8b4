import type { OpenModel } from "../onnx/open_model.ts";
import type { FilmHeads, GreyImage, Radiograph, SegmentationPlan } from "../types.ts";
import { type FilmView, MIRRORED_VIEW, PLAIN_VIEW } from "./view/film_view.ts";
import { findCandidates, lookAtFilm } from "./looks/find_candidates.ts";
import { applySideMarkers } from "./sides/apply_side_markers.ts";
import { firstLook, type Look, negative } from "./looks/first_look.ts";
import { judgeCandidates, mergeLooks } from "./looks/merge_looks.ts";
import { meanMaps } from "./looks/predict_maps.ts";
import { oddSpacing } from "./sides/odd_spacing.ts";
import { readSideLetters } from "./sides/read_side_letters.ts";
import { assignSides, type Candidate, type SidedHead } from "./sides/assign_sides.ts";
import { toHeadMask } from "./to_head_mask.ts";

/**
 * Probability above which a pixel counts as metal. It is high because the loss biases the network towards metal: of
 * hard synthetic films, 1 of 179 without metal and 18 of 21 with metal have more than `LEAST_IMPLANT_SHARE` of their
 * pixels above it.
 */
const SURE_METAL = 0.9;
/** A film with a larger share of metal pixels than this is flagged `implant`. */
const LEAST_IMPLANT_SHARE = 0.002;

/**
 * Mean contrast of the heads with their surroundings, in standard deviations, below which the film counts as a
 * negative.
 */
export const NEGATIVE_CONTRAST = -0.2;

/** Views that are averaged for films on which the first run leaves doubt (see `isInDoubt`). */
export const DOUBT_VIEWS: readonly FilmView[] = [
  PLAIN_VIEW,
  MIRRORED_VIEW,
  { gamma: 0.6 },
  { gamma: 1.8, mirror: true },
  { equalise: true },
];

/**
 * Finds the femoral heads of one film with one network in two passes: first the whole film, then a window of
 * `windowRadii` head radii around each of the largest regions (at most four) that may be a head. If the plan says so,
 * windows are equalised (`equalised`), and wider (`scales`) and mirrored ones are added and averaged. The second pass
 * draws the outline; `judgeHead` decides whether the head is reported, reported as uncertain (`low-confidence`) or left
 * out. Only if doubt remains, both passes are repeated in several views and averaged.
 *
 * The side comes from the anatomy around the head (where the pelvis is), from the header's display orientation
 * (PatientOrientation) and from the side markers on the film; a side named in the header is only compared with the
 * result, on films with one head. A film is inverted if the network takes it for a negative, and inverted (or inverted
 * back) if the heads found are darker than their surroundings; it is flagged `inverted` if it ends up inverted.
 *
 * @param unet network with input `film` [n, 2, height, width] and output `maps` [n, 4, height, width]
 * @returns heads from left to right on the image; `quality` can hold `no-head`, `one-head`, `extra-head`, `implant`,
 * `inverted`, `from-behind` (left and right were exchanged), `odd-spacing`, and the radiograph's `remarks`.
 */
export async function segmentHeads(
  radiograph: Radiograph,
  unet: OpenModel,
  plan: SegmentationPlan,
): Promise<FilmHeads> {
  const { pixelAspect = 1, remarks = [] } = radiograph;
  const { first, looks, views, ...upright } = await firstLook(radiograph, { unet, plan });
  let { look, inverted } = upright;
  const once = await findCandidates(look.film, { first, views, unet, plan });
  const withSides = (candidates: readonly Candidate[]): SeenHeads => ({
    ...assignSides(candidates),
    metalShare: shareAbove(first.implant, SURE_METAL),
  });
  let seen = withSides(judgeCandidates(once));
  if (isInDoubt(seen, look.film)) {
    // `looks` already contains the first pass in the first one or two of these views.
    const more = { views: DOUBT_VIEWS.slice(looks.length), unet, plan };
    const all = [...looks, ...await lookAtFilm(look.overview.image, more)];
    const unequalised = { ...plan, equalised: false }; // these views set the tone curve themselves
    const again = { first: meanMaps(all), views: DOUBT_VIEWS, unet, plan: unequalised };
    seen = withSides(mergeLooks({ once, views: await findCandidates(look.film, again) }));
  }
  // The network finds heads on negatives too, so the contrast of the heads is used to check that bone is bright.
  if (meanContrast(seen) < NEGATIVE_CONTRAST) {
    [look, seen, inverted] = [negative(look), onNegative(seen), !inverted];
  }
  const found = describeHeads(seen, look, radiograph);
  const heads = inverted ? found.heads.map((head) => ({ ...head, inverted })) : found.heads;
  const quality = [...inverted ? ["inverted"] : [], ...remarks, ...found.quality];
  return { ...found, heads, quality, ...(pixelAspect === 1 ? {} : { pixelAspect }) };
}

/** Radius, as a share of the film's longer side, from which a head is large enough to be the only one on its film. */
const SINGLE_HIP_RADIUS = 0.095;

/** Whether more views can help: false if there are two certain heads, or a single head that is certain and large. */
export function isInDoubt(
  { kept }: Pick<SeenHeads, "kept">,
  { widthPx, heightPx }: Pick<GreyImage, "widthPx" | "heightPx">,
): boolean {
  const sure = kept.filter(({ candidate }) => !candidate.doubtful);
  if (sure.length === 2) return false;
  const [one] = sure, long = Math.max(widthPx, heightPx);
  return !(kept.length === 1 && one && one.candidate.outline.circle.radiusPx >= SINGLE_HIP_RADIUS * long);
}

/** Heads of a film, whether a further certain head was left out (`extra`), and the share of metal pixels. */
export interface SeenHeads {
  readonly kept: readonly SidedHead[];
  readonly extra: boolean;
  readonly metalShare: number;
}

/** Mean contrast of the heads; NaN if there is no head. */
function meanContrast({ kept }: SeenHeads): number {
  return kept.reduce((sum, { candidate }) => sum + candidate.contrast, 0) / kept.length;
}

/** The same heads with the contrast they have on the inverted film. */
function onNegative(seen: SeenHeads): SeenHeads {
  const kept = seen.kept.map(({ candidate, side }) => ({
    candidate: { ...candidate, contrast: -candidate.contrast },
    side,
  }));
  return { ...seen, kept };
}

function shareAbove(values: Float32Array, bar: number): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > bar) count++;
  return count / values.length;
}

/**
 * Sides and quality codes of a film (bone bright) and its heads; `inverted` and the radiograph's remarks are not added.
 */
export function describeHeads(
  { kept, extra, metalShare }: SeenHeads,
  { film, overview }: Look,
  radiograph: Radiograph,
): FilmHeads {
  const { facing = "unknown", headerSide } = radiograph;
  const quality: string[] = [];
  const letters = kept.length > 0 ? readSideLetters(film, overview) : [];
  const { heads: sided, turned, conflict } = applySideMarkers(kept, letters, { ...film, facing });
  // A header names only one side, which cannot be used if the film shows both.
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
