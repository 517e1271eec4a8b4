import { components } from "../../image/components.ts";
import type { SegmentationPlan } from "../../types.ts";
import type { FilmWindow } from "../outline/outline_head.ts";
import type { FilmMaps } from "./predict_maps.ts";

/** Largest number of regions that get a second pass. */
const MOST_CANDIDATES = 4;
/**
 * Probability from which a pixel of the first pass belongs to a region that gets a second pass. It is lower than the
 * threshold of an outline, so that faint heads are not missed.
 */
const FAINT = 0.28;

/**
 * Windows for the second pass: around each of the largest regions of the first pass (at most four, of at least 20
 * pixels), a window in proportion to the region's size.
 */
export function secondLooks(
  maps: FilmMaps,
  { whole, firstPx, windowRadii }: SegmentationPlan & { whole: FilmWindow },
): FilmWindow[] {
  const bits = new Uint8Array(maps.head.length);
  for (let i = 0; i < bits.length; i++) bits[i] = maps.head[i] >= FAINT ? 1 : 0;
  const { components: patches } = components(bits, { widthPx: firstPx, heightPx: firstPx });
  const step = whole.sidePx / firstPx;
  return patches.filter((patch) => patch.areaPx >= 20).slice(0, MOST_CANDIDATES).map((patch): FilmWindow => {
    // If a head is cut by an edge or partly missed, the area of its region is too small, but its box often still has
    // the head's full width or height.
    const radius = Math.max(
      Math.sqrt(patch.areaPx / Math.PI),
      Math.max(patch.boxPx.width, patch.boxPx.height) / 2,
    );
    const center = patch.centroidPx.map((v, axis) =>
      whole.centerPx[axis] + ((v + 0.5) / firstPx - 0.5) * whole.sidePx
    );
    return { centerPx: [center[0], center[1]], sidePx: windowRadii * radius * step };
  });
}
