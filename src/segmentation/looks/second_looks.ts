import { components } from "../../image/components.ts";
import type { SegmentationPlan } from "../../types.ts";
import type { FilmWindow } from "../outline/outline_head.ts";
import type { FilmMaps } from "./predict_maps.ts";

/** At most this many places get a second look. */
const MOST_CANDIDATES = 4;
/** What the first pass must say of a place's pixels: less than an outline asks, so that a faint head gets its second look. */
const FAINT = 0.28;

/** Windows worth a second look: the strongest patches of the first pass, each seen from its own size. */
export function secondLooks(
  maps: FilmMaps,
  { whole, firstPx, windowRadii }: SegmentationPlan & { whole: FilmWindow },
): FilmWindow[] {
  const bits = new Uint8Array(maps.head.length);
  for (let i = 0; i < bits.length; i++) bits[i] = maps.head[i] >= FAINT ? 1 : 0;
  const { components: patches } = components(bits, { widthPx: firstPx, heightPx: firstPx });
  const step = whole.sidePx / firstPx;
  return patches.filter((patch) => patch.areaPx >= 20).slice(0, MOST_CANDIDATES).map((patch): FilmWindow => {
    // A patch cut by an edge or half missed is larger in truth: the longer side of its box tells more than its area.
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
