import { negate } from "../../image/negate.ts";
import type { OpenModel } from "../../onnx/open_model.ts";
import type { GreyImage, GreyValues, Radiograph, SegmentationPlan } from "../../types.ts";
import { type FilmOverview, filmOverview } from "../view/film_overview.ts";
import { type FilmView, MIRRORED_VIEW, PLAIN_VIEW } from "../view/film_view.ts";
import { lookAtFilm } from "./find_candidates.ts";
import { type FilmMaps, meanMaps } from "./predict_maps.ts";

/** A film at full resolution, and its reduced copy for the first pass. */
export interface Look {
  readonly film: GreyImage<GreyValues>;
  readonly overview: FilmOverview;
}

/** The same film with grey values inverted. */
export function negative({ film, overview: { image, step } }: Look): Look {
  const overview = { image: { ...image, pixels: negate(image.pixels) }, step };
  return { film: { ...film, pixels: negate(film.pixels) }, overview };
}

/** Result of the first pass, which the second pass needs. */
export interface FirstLook {
  /** The film, inverted back if the network takes it for a negative, so that bone is bright. */
  readonly look: Look;
  /** Maps of the whole film, averaged over the views. */
  readonly first: FilmMaps;
  /** The maps of each view. */
  readonly looks: readonly FilmMaps[];
  /** True if `look` is the inverted film. */
  readonly inverted: boolean;
  /** The views that were used. */
  readonly views: readonly FilmView[];
}

/**
 * Runs the first pass over the whole film, and repeats the pass on the inverted film if the network takes the film for
 * a negative.
 */
export async function firstLook(
  { widthPx, heightPx, pixels }: Radiograph,
  { unet, plan }: { unet: OpenModel; plan: SegmentationPlan },
): Promise<FirstLook> {
  const film: GreyImage<GreyValues> = { kind: "grey-image", widthPx, heightPx, pixels };
  const views = plan.mirrored ? [PLAIN_VIEW, MIRRORED_VIEW] : [PLAIN_VIEW];
  const lookAt = ({ overview }: Look) => lookAtFilm(overview.image, { views, unet, plan });
  const look: Look = { film, overview: filmOverview(film) }, looks = await lookAt(look);
  const first = meanMaps(looks);
  if (first.inverted <= 0.5) return { look, first, looks, views, inverted: false };
  const positive = negative(look);
  const again = await lookAt(positive);
  return { look: positive, first: meanMaps(again), looks: again, views, inverted: true };
}
