import { InputError } from "../input_error.ts";
import { components } from "../image/components.ts";
import { boxMask, type FilmSize } from "../masks/boxed_mask.ts";
import { decodeRuns, type MaskRuns } from "../masks/mask_runs.ts";
import { fitCircle } from "../segmentation/outline/fit_circle.ts";
import { outlinePoints } from "../segmentation/outline/surface_distance.ts";
import type { HeadMask, Side } from "../types.ts";

/** Minimum number of pixels of a head. Training does not accept smaller heads. */
const LEAST_PX = 64;

/** Properties of a head that are known in addition to its outline. */
export interface OutlinedAs {
  readonly side: Side;
  readonly implant: boolean;
  /** Confidence of the network, or null if a reader drew the outline. */
  readonly confidence: number | null;
  /** Bone is dark on the film. @default {false} */
  readonly inverted?: boolean;
}

/**
 * Converts an outline of the desk to a {@linkcode HeadMask}: its largest connected component, with a fitted circle. A
 * head that a reader drew has the confidence 1 and the quality code `corrected`.
 *
 * @throws {InputError} if the outline extends beyond the film, has fewer than 64 connected pixels, or is a straight line.
 * @throws {SyntaxError} if the box or the runs of the outline are not valid.
 */
export function headOfOutline(
  outline: MaskRuns,
  { film, side, implant, confidence, inverted = false }: OutlinedAs & { film: FilmSize },
): HeadMask {
  const drawn = decodeRuns(outline), { x, y, width, height } = drawn.boxPx;
  if (x + width > film.widthPx || y + height > film.heightPx) {
    throw new InputError(
      `An outline must be inside its film, which has ${film.widthPx} x ${film.heightPx} pixels`,
    );
  }
  const { labels, components: patches } = components(drawn.mask, { widthPx: width, heightPx: height });
  const [largest] = patches;
  if (!largest || largest.areaPx < LEAST_PX) {
    throw new InputError(`A head must have at least ${LEAST_PX} pixels (got ${largest?.areaPx ?? 0})`);
  }
  const one = boxMask(Uint8Array.from(labels, (label) => label === largest.label ? 1 : 0), {
    widthPx: width,
    heightPx: height,
  })!;
  if (Math.min(one.boxPx.width, one.boxPx.height) < 2) {
    throw new InputError("A head must not be a straight line, because a line has no centre and radius");
  }
  const mask = { mask: one.mask, boxPx: { ...one.boxPx, x: one.boxPx.x + x, y: one.boxPx.y + y } };
  const { centerPx, radiusPx } = fitCircle(outlinePoints(mask));
  return {
    kind: "head-mask",
    ...{ side, centerPx, radiusPx, areaPx: largest.areaPx },
    confidence: confidence ?? 1,
    quality: [...(implant ? ["implant"] : []), ...(confidence === null ? ["corrected"] : [])],
    ...(inverted ? { inverted } : {}),
    ...mask,
  };
}
