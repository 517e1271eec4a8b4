import type { BoxedMask } from "../../src/masks/boxed_mask.ts";
import { intersectionOverUnion } from "../../src/segmentation/outline/dice.ts";
import type { FilmHeads, HeadMask, Radiograph } from "../../src/types.ts";
import { CHANGE_NAMES, type Changed, changesOf } from "./changes.ts";

/**
 * A head counts as found again if its outline on the changed film has at least this IoU with the transferred original
 * outline.
 */
const STAYS_IOU = 0.9;

/** By change of the film: number of heads found again, and number of heads that could be found again. */
export type Steadiness = Readonly<Record<string, { kept: number; of: number }>>;

/** An outline transferred to the changed film, or null if a part of it is cut off. */
function transferred(
  { boxPx, mask, centerPx, radiusPx }: HeadMask,
  { film, before }: Changed,
): BoxedMask | null {
  const { widthPx, heightPx } = film;
  // Search for the position on the changed film. Changes only move, turn, mirror and scale, so a coarse grid brackets the box.
  let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
  const reach = 1.5 * radiusPx + 4, step = Math.max(1, Math.floor(radiusPx / 8));
  for (let y = 0; y < heightPx; y += step) {
    for (let x = 0; x < widthPx; x += step) {
      const [u, v] = before(x, y);
      if (Math.abs(u - centerPx[0]) > reach || Math.abs(v - centerPx[1]) > reach) continue;
      [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)];
    }
  }
  if (!(x1 > x0)) return null;
  [x0, y0] = [Math.max(0, x0 - step), Math.max(0, y0 - step)];
  const width = Math.min(widthPx, x1 + step + 1) - x0, height = Math.min(heightPx, y1 + step + 1) - y0;
  const out = new Uint8Array(width * height);
  let edge = false;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const [u, v] = before(x0 + x, y0 + y), j = Math.round(u) - boxPx.x, k = Math.round(v) - boxPx.y;
      if (j < 0 || k < 0 || j >= boxPx.width || k >= boxPx.height || !mask[k * boxPx.width + j]) continue;
      out[i] = 1;
      const [a, b] = [x0 + x, y0 + y];
      edge ||= a === 0 || b === 0 || a === widthPx - 1 || b === heightPx - 1;
    }
  }
  return edge ? null : { boxPx: { x: x0, y: y0, width, height }, mask: out };
}

/**
 * For every change: counts the heads reported on the unchanged films, and those of them that are reported on the
 * changed film with an overlap (IoU) of at least 0.9. Heads that a change cuts off are left out.
 */
export async function measureSteadiness(
  films: AsyncIterable<Radiograph>,
  segment: (film: Radiograph) => Promise<FilmHeads>,
): Promise<Steadiness> {
  const counts: Record<string, { kept: number; of: number }> = {};
  for (const name of CHANGE_NAMES) counts[name] = { kept: 0, of: 0 };
  for await (const film of films) {
    const { heads } = await segment(film);
    if (heads.length === 0) continue;
    for (const [name, changed] of await changesOf(film)) {
      const after = await segment(changed.film);
      for (const head of heads) {
        const expected = transferred(head, changed);
        if (!expected) continue;
        counts[name].of++;
        if (after.heads.some((other) => intersectionOverUnion(other, expected) >= STAYS_IOU)) {
          counts[name].kept++;
        }
      }
    }
  }
  return counts;
}

/** Share of the heads that were found again, over all changes. */
export function overallSteadiness(steadiness: Steadiness): number {
  const all = Object.values(steadiness);
  return all.reduce((sum, { kept }) => sum + kept, 0) / all.reduce((sum, { of }) => sum + of, 0);
}

/** Formats the counts as a line for the terminal. */
export function formatSteadiness(title: string, steadiness: Steadiness): string {
  const parts = Object.entries(steadiness).filter(([, { of }]) => of > 0)
    .map(([name, { kept, of }]) => `${name} ${(100 * kept / of).toFixed(1)}`);
  return `Found again after changes of the film, ${title}: ${
    (100 * overallSteadiness(steadiness)).toFixed(1)
  } % (${parts.join(", ")})`;
}
